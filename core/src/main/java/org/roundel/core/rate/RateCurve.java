package org.roundel.core.rate;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The loss of a net while its learning rate grew from update to update, and the rate that this
 * suggests: a tenth of the one at which the smoothed loss was lowest.
 *
 * <p>The rate of steepest fall is not taken, because it is the slope of a noisy curve, and because
 * a fresh net's loss may fall most in its first updates at whatever rate. The tenth makes up for
 * what moves the lowest loss to higher rates: the smoothed loss lags, each rate is met for a few
 * updates only, and a run has to bear its own for long.
 *
 * @param points at least one, in the order of the updates
 * @param end why there are no more
 */
public record RateCurve(List<RatePoint> points, End end) {
  private static final double SHARE_OF_LOWEST = 0.1;

  /** Why a range test ends. */
  public enum End {
    /** The highest rate was tried. */
    HIGHEST_RATE,
    /** The smoothed loss was above four times its lowest. */
    LOSS_ROSE,
    /** The loss or a gradient of the next update was not finite. */
    NOT_FINITE
  }

  /** Whether a rate can be suggested. */
  public enum Finding {
    /** One can. */
    FOUND,
    /** No: up to the highest rate, the loss did not rise again. */
    STILL_FALLING,
    /** No: a tenth of the rate of the lowest loss is below the lowest that was tried. */
    BELOW_THE_RANGE
  }

  public RateCurve {
    points = List.copyOf(points);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("a curve has at least one point");
    }
  }

  /** Returns the point of the lowest smoothed loss, the first of several. */
  public RatePoint lowest() {
    RatePoint lowest = points.get(0);
    for (RatePoint point : points) {
      if (point.smoothedLoss() < lowest.smoothedLoss()) {
        lowest = point;
      }
    }
    return lowest;
  }

  /** Returns whether a rate can be suggested, or why not. */
  public Finding finding() {
    RatePoint lowest = lowest();
    int behind = points.get(points.size() - 1).update() - lowest.update();
    // Where nothing stopped the test, so short a rise may be noise.
    if (end == End.HIGHEST_RATE && behind < SmoothedLoss.SPAN) {
      return Finding.STILL_FALLING;
    }
    return lowest.rate() * SHARE_OF_LOWEST < points.get(0).rate()
        ? Finding.BELOW_THE_RANGE
        : Finding.FOUND;
  }

  /** Returns the rate to start with; empty where the {@link #finding} is that there is none. */
  public OptionalDouble suggestion() {
    return finding() == Finding.FOUND
        ? OptionalDouble.of(lowest().rate() * SHARE_OF_LOWEST)
        : OptionalDouble.empty();
  }

  /**
   * Returns the mean share of the quantized weights that an update moved, over the ten updates
   * around a rate.
   *
   * @return in [0, 1]; NaN where no weights are quantized
   */
  public double movedNear(double rate) {
    int middle = 0;
    while (middle < points.size() && points.get(middle).rate() < rate) {
      middle++;
    }
    int from = Math.max(0, middle - SmoothedLoss.SPAN / 2);
    int to = Math.min(points.size(), from + SmoothedLoss.SPAN);
    return points.subList(from, to).stream().mapToDouble(RatePoint::movedShare).sum() / (to - from);
  }
}
