package org.roundel.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.roundel.api.model.ParameterPlace;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.optimizer.Optimizer;
import org.roundel.api.optimizer.UpdateContext;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.api.training.Moment;
import org.roundel.api.training.StateArrays;
import org.roundel.kit.probe.GuardedTensor;

/** A few weights on their way under given gradients, next to recurrences in double precision. */
final class Trajectory {
  /** The largest relative error of rounding to float32. */
  static final double ROUNDING = 0x1p-24;

  /** Covers products of two errors, which the bounds' first order leaves out. */
  private static final double HIGHER_ORDER = 1.001;

  private static final long SEED = 2015;
  private static final int SIZE = 50;
  private static final int STEPS = 200;

  /**
   * One weight's exact recurrence with a bound on how far float32 storage can be from it, both
   * carried forward from step to step.
   */
  interface Exact {
    void update(double gradient, double learningRate, int step);

    double weight();

    double errorBound();
  }

  /** Makes the recurrence of one weight from its start. */
  interface ExactStart {
    Exact from(double weight);
  }

  private Trajectory() {}

  /** Runs an optimizer on one weight and returns where it is after each step. */
  static float[] under(Optimizer optimizer, float start, double learningRate, float... gradients) {
    GuardedTensor weights = GuardedTensor.of(new float[] {start}, 1, 1);
    StateArrays state = state(optimizer, 1);
    float[] way = new float[gradients.length];
    for (int index = 0; index < gradients.length; index++) {
      GuardedTensor gradient = GuardedTensor.of(new float[] {gradients[index]}, 1, 1);
      optimizer.update(
          weights.tensor(), gradient.tensor(), context(state, index + 1L, learningRate));
      way[index] = weights.values()[0];
    }
    return way;
  }

  /** Returns where one update under the gradient 0 brings a parameter of this role. */
  static float withoutGradient(
      Optimizer optimizer, ParameterRole role, float start, double learningRate) {
    GuardedTensor weights = GuardedTensor.of(new float[] {start}, 1, 1);
    GuardedTensor gradient = GuardedTensor.of(new float[1], 1, 1);
    optimizer.update(
        weights.tensor(), gradient.tensor(), context(role, state(optimizer, 1), 1, learningRate));
    return weights.values()[0];
  }

  /**
   * Follows 50 weights over 200 updates with random gradients of six orders of magnitude and a
   * falling learning rate, and checks each against its recurrence after each update.
   */
  static void assertFollows(Optimizer optimizer, ExactStart start) {
    RandomSource random = RandomSource.of(SEED, RandomPurpose.MODEL, 0);
    float[] initial = new float[SIZE];
    List<Exact> exact = new ArrayList<>();
    for (int index = 0; index < SIZE; index++) {
      initial[index] = (float) random.normal(index);
      exact.add(start.from(initial[index]));
    }
    GuardedTensor weights = GuardedTensor.of(initial, SIZE, 1);
    StateArrays state = state(optimizer, SIZE);
    for (int step = 1; step <= STEPS; step++) {
      double learningRate = 0.01 / Math.sqrt(step);
      float[] gradients = new float[SIZE];
      for (int index = 0; index < SIZE; index++) {
        double scale = Math.pow(10, index % 7 - 5);
        gradients[index] = (float) (scale * random.normal((long) step * SIZE + index));
        exact.get(index).update(gradients[index], learningRate, step);
      }
      GuardedTensor gradient = GuardedTensor.of(gradients, SIZE, 1);
      optimizer.update(weights.tensor(), gradient.tensor(), context(state, step, learningRate));
      float[] values = weights.values();
      for (int index = 0; index < SIZE; index++) {
        assertThat((double) values[index])
            .as("seed %d, weight %d, step %d", SEED, index, step)
            .isCloseTo(
                exact.get(index).weight(), within(HIGHER_ORDER * exact.get(index).errorBound()));
      }
    }
  }

  private static StateArrays state(Optimizer optimizer, int size) {
    return StateArrays.of(
        optimizer.stateArrays(),
        shape -> GuardedTensor.of(new float[size], shape).tensor(),
        size,
        1);
  }

  /** Returns the context of an update of a net's only parameter. */
  static UpdateContext context(StateArrays state, long step, double learningRate) {
    return context(ParameterRole.LINEAR_WEIGHT, state, step, learningRate);
  }

  private static UpdateContext context(
      ParameterRole role, StateArrays state, long step, double learningRate) {
    return new UpdateContext(
        new ParameterPlace("linear/weight", role, 0, 1),
        state,
        new Moment(step, 1, 0, learningRate, 1));
  }
}
