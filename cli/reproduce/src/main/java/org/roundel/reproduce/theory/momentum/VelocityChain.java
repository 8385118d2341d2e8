package org.roundel.reproduce.theory.momentum;

import java.util.Arrays;
import org.roundel.reproduce.theory.WeightGrid;

/**
 * The Markov chain of (weight, velocity) with the velocity on multiples of a step h.
 *
 * <p>From (w, v) the velocity goes to a normal law with mean βv + (1−β)c(w − w*) and deviation
 * (1−β)σ, its density taken at the multiples of h and divided by their sum: the trapezoidal rule,
 * whose error for a normal density falls like exp(−2π²((1−β)σ/h)²), 5·10^−9 at h = (1−β)σ. Then the
 * weight moves by −αv/Δ cells, rounded at random. The chance of a move has a kink at v = 0, where
 * the rule takes |v| as h/6 for 0 (Euler and Maclaurin); what is left falls like h⁴. The kinks at
 * whole cells, αv = ±Δ, …, are not mended: they matter only where updates are that long, as at α =
 * 0.1, β = 0, σ = 4, Δ = 1, where they put the floor off by a share of 6·10^−4.
 *
 * <p>What would leave the grids stays at their ends. Used by one thread.
 */
final class VelocityChain {
  /** Deviations of the velocity's new noise on either side; beyond are 2·10^−9 of it. */
  private static final double REACH = 6;

  final WeightGrid grid;

  /** The velocities are {@code step} times −half to half. */
  final int half;

  final double step;

  private final MomentumSettings settings;
  private final int velocities;
  private final int taps;
  private final int[] first;
  private final double[] kernel;
  private final int[] cells;
  private final double[] fraction;
  private final double zeroMove;
  private final double[] turned;

  VelocityChain(MomentumSettings settings, WeightGrid grid, double step, int half) {
    this.settings = settings;
    this.grid = grid;
    this.step = step;
    this.half = half;
    velocities = 2 * half + 1;
    double deviation = (1 - settings.momentum()) * settings.problem().noise();
    taps = Math.min(velocities, 2 * (int) Math.ceil(REACH * deviation / step) + 1);
    first = new int[size()];
    kernel = new double[Math.multiplyExact(size(), taps)];
    for (int weight = 0; weight < grid.size(); weight++) {
      double pull =
          (1 - settings.momentum()) * settings.problem().gradient(grid.weight(weight)) / step;
      for (int velocity = 0; velocity < velocities; velocity++) {
        double mean = settings.momentum() * (velocity - half) + pull + half;
        fillKernel(weight * velocities + velocity, mean, deviation / step);
      }
    }
    cells = new int[velocities];
    fraction = new double[velocities];
    for (int velocity = 0; velocity < velocities; velocity++) {
      double move = settings.rate() * velocity(velocity) / grid.spacing();
      cells[velocity] = (int) Math.floor(move);
      fraction[velocity] = move - Math.floor(move);
    }
    zeroMove = settings.rate() * step / 6 / grid.spacing();
    turned = new double[size()];
  }

  private void fillKernel(int state, double mean, double deviation) {
    long lowest = Math.round(mean) - taps / 2;
    first[state] = (int) Math.max(0, Math.min(velocities - taps, lowest));
    double sum = 0;
    double nearest = Double.POSITIVE_INFINITY;
    for (int tap = 0; tap < taps; tap++) {
      double off = (first[state] + tap - mean) / deviation;
      nearest = Math.min(nearest, off * off);
    }
    for (int tap = 0; tap < taps; tap++) {
      double off = (first[state] + tap - mean) / deviation;
      // Relative to the nearest one: at the ends of the grid all of them may be far off.
      double weight = StrictMath.exp(0.5 * (nearest - off * off));
      kernel[state * taps + tap] = weight;
      sum += weight;
    }
    for (int tap = 0; tap < taps; tap++) {
      kernel[state * taps + tap] /= sum;
    }
  }

  int size() {
    return grid.size() * velocities;
  }

  int velocities() {
    return velocities;
  }

  double velocity(int index) {
    return step * (index - half);
  }

  /** Returns |v| as the integration over v takes it. */
  double velocitySize(int index) {
    return index == half ? step / 6 : Math.abs(velocity(index));
  }

  /** Returns a law to start from: independent normal numbers about as wide as is expected. */
  double[] start() {
    MomentumFloor floor = MomentumFloor.ofNormalVelocity(settings);
    double[] law = new double[size()];
    double sum = 0;
    for (int state = 0; state < law.length; state++) {
      double weight = grid.weight(state / velocities) - settings.problem().minimum();
      double velocity = velocity(state % velocities);
      law[state] =
          StrictMath.exp(
              -weight * weight / (2 * floor.meanSquare())
                  - velocity * velocity / (2 * floor.velocitySquare()));
      sum += law[state];
    }
    for (int state = 0; state < law.length; state++) {
      law[state] /= sum;
    }
    return law;
  }

  /** Replaces the law of a state, weight by weight, by that of the state after an update. */
  void advance(double[] law) {
    Arrays.fill(turned, 0);
    for (int state = 0; state < law.length; state++) {
      double mass = law[state];
      int to = state - state % velocities + first[state];
      int from = state * taps;
      for (int tap = 0; tap < taps; tap++) {
        turned[to + tap] += mass * kernel[from + tap];
      }
    }
    Arrays.fill(law, 0);
    int last = grid.size() - 1;
    for (int weight = 0; weight <= last; weight++) {
      int row = weight * velocities;
      for (int velocity = 0; velocity < velocities; velocity++) {
        double mass = turned[row + velocity];
        int near = Math.max(0, Math.min(last, weight - cells[velocity]));
        int far = Math.max(0, Math.min(last, weight - cells[velocity] - 1));
        law[near * velocities + velocity] += (1 - fraction[velocity]) * mass;
        law[far * velocities + velocity] += fraction[velocity] * mass;
      }
      double kink = zeroMove * turned[row + half];
      law[row + half] -= kink;
      law[Math.max(0, weight - 1) * velocities + half] += kink / 2;
      law[Math.min(last, weight + 1) * velocities + half] += kink / 2;
    }
  }
}
