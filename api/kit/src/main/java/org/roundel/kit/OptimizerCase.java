package org.roundel.kit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.optimizer.Optimizer;

/**
 * One parameter with its state arrays, each in the middle of a larger array; knows whether an
 * update wrote anything but the weights and the state.
 */
final class OptimizerCase {
  private final Optimizer optimizer;
  private final long[] shape;
  private final GuardedTensor weights;
  private final List<GuardedTensor> state = new ArrayList<>();
  private @Nullable GuardedTensor lastGradient;
  private float[] lastSlope = new float[0];
  private long lastStep;

  OptimizerCase(Optimizer optimizer, float[] start, long... shape) {
    this.optimizer = optimizer;
    this.shape = shape;
    weights = GuardedTensor.of(start, shape);
    for (int index = 0; index < optimizer.stateNames().size(); index++) {
      state.add(GuardedTensor.of(new float[start.length], shape));
    }
  }

  /** Returns a copy of everything that a checkpoint holds, with another optimizer object. */
  OptimizerCase resumedWith(Optimizer other) {
    OptimizerCase resumed = new OptimizerCase(other, weights.copy(), shape);
    for (int index = 0; index < state.size(); index++) {
      resumed.state.set(index, GuardedTensor.of(state.get(index).copy(), shape));
    }
    return resumed;
  }

  void update(float[] slope, double learningRate, long step) {
    GuardedTensor gradient = GuardedTensor.of(slope, shape);
    List<INDArray> arrays = new ArrayList<>();
    for (GuardedTensor array : state) {
      arrays.add(array.tensor());
    }
    optimizer.update(weights.tensor(), gradient.tensor(), arrays, learningRate, step);
    lastGradient = gradient;
    lastSlope = slope;
    lastStep = step;
  }

  /** Checks what the last update wrote. */
  void requireNothingElseWritten() {
    try {
      weights.values();
      for (GuardedTensor array : state) {
        array.values();
      }
      if (lastGradient != null) {
        lastGradient.assertUnchanged(lastSlope);
      }
    } catch (RuleViolation violation) {
      throw violation.with(
          "gradient "
              + Numbers.text(lastSlope)
              + ", shape "
              + Arrays.toString(shape)
              + ", step "
              + lastStep);
    }
  }

  float[] weights() {
    return weights.copy();
  }

  /** Returns every bit of the weights and the state. */
  int[] bits() {
    int[] all = GuardedTensor.bits(weights.copy());
    int size = all.length;
    all = Arrays.copyOf(all, size * (1 + state.size()));
    for (int index = 0; index < state.size(); index++) {
      int[] bits = GuardedTensor.bits(state.get(index).copy());
      System.arraycopy(bits, 0, all, size * (index + 1), size);
    }
    return all;
  }
}
