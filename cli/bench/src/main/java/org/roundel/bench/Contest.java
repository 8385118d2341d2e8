package org.roundel.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All sides on one net and method, from the same weights; Roundel's first, then LibTorch's. */
final class Contest implements AutoCloseable {
  /** Losses that agree to five digits differ by no more than this part. */
  static final double LOSS_TOLERANCE = 1e-5;

  /**
   * A wrong gradient differs by about its own length. Rounding alone does more than one would
   * think: it turns a rectifier or another maximum here and there, which a deep net passes on. How
   * much it does shows in how far LibTorch's two layouts differ.
   */
  static final double GRADIENT_TOLERANCE = 0.1;

  private final List<RoundelSide> roundel = new ArrayList<>();
  private final List<LibTorchSide> libTorch = new ArrayList<>();

  /**
   * Makes the sides.
   *
   * @param contestants one of Roundel's and one of LibTorch's at least
   */
  Contest(List<Contestant> contestants, Task task) {
    for (Contestant contestant : contestants) {
      if (!contestant.isLibTorch()) {
        roundel.add(new RoundelSide(contestant, task));
      }
    }
    for (Contestant contestant : contestants) {
      if (contestant.isLibTorch()) {
        LibTorchSide side = new LibTorchSide(contestant, task);
        side.copyFrom(roundel.get(0));
        libTorch.add(side);
      }
    }
  }

  /** Returns all sides. */
  List<Side> sides() {
    List<Side> sides = new ArrayList<>(roundel);
    sides.addAll(libTorch);
    return sides;
  }

  /** Returns the position of LibTorch's first side. */
  int firstOfLibTorch() {
    return roundel.size();
  }

  /** Returns how many parameters every side has. */
  long parameters() {
    return roundel.get(0).weights().values().stream().mapToLong(values -> values.length).sum();
  }

  /** Makes every side's first update and compares the losses and gradients. */
  Agreement firstUpdate() {
    List<Double> losses = new ArrayList<>();
    sides().forEach(side -> losses.add(side.train()));
    return new Agreement(losses, gradientDifferences());
  }

  /**
   * Gives all sides running statistics that fit the weights, and compares the losses in inference
   * mode.
   */
  Agreement inference() {
    Map<String, float[]> statistics = libTorch.get(0).calibrate();
    roundel.forEach(side -> side.setBuffers(statistics));
    libTorch.forEach(side -> side.setBuffers(statistics));
    List<Double> losses = new ArrayList<>();
    sides().forEach(side -> losses.add(side.infer()));
    return new Agreement(losses, List.of());
  }

  /** Compares all other sides' gradients with those of LibTorch's first. */
  private List<GradientDifference> gradientDifferences() {
    Side reference = libTorch.get(0);
    List<GradientDifference> differences = new ArrayList<>();
    for (Side side : sides()) {
      if (side == reference) {
        continue;
      }
      GradientDifference largest = new GradientDifference(side, reference, "", -1);
      for (String parameter : roundel.get(0).weights().keySet()) {
        double difference =
            relativeDistance(side.gradient(parameter), reference.gradient(parameter));
        // Written so that NaN counts as larger.
        if (!(difference <= largest.relative())) {
          largest = new GradientDifference(side, reference, parameter, difference);
        }
      }
      differences.add(largest);
    }
    return differences;
  }

  /** Returns |a − b| / |b| with Euclidean norms. */
  private static double relativeDistance(float[] a, float[] b) {
    double distance = 0;
    double length = 0;
    for (int index = 0; index < a.length; index++) {
      double difference = (double) a[index] - b[index];
      distance += difference * difference;
      length += (double) b[index] * b[index];
    }
    return Math.sqrt(distance / length);
  }

  @Override
  public void close() {
    sides().forEach(Side::close);
  }

  /**
   * The gradient array in which a side differs most from another.
   *
   * @param relative |side's − other's| / |other's|, Euclidean norms over the array
   */
  record GradientDifference(Side side, Side other, String parameter, double relative) {}

  /**
   * How far the sides compute the same.
   *
   * @param losses one per side
   * @param gradients one per side but the one compared with; empty where there are none
   */
  record Agreement(List<Double> losses, List<GradientDifference> gradients) {
    /** Returns whether all losses agree to five digits, and the gradients but for rounding. */
    boolean agrees() {
      double last = losses.get(losses.size() - 1);
      return losses.stream()
              .allMatch(loss -> Math.abs(loss - last) <= LOSS_TOLERANCE * Math.abs(last))
          && gradients.stream().allMatch(difference -> difference.relative() <= GRADIENT_TOLERANCE);
    }
  }
}
