package org.roundel.api.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.GuardedTensor;

/**
 * One parameter with its state arrays, each in the middle of a larger array; checks that an update
 * writes only the weights and the state.
 */
final class OptimizerCase {
  private final Optimizer optimizer;
  private final long[] shape;
  private final GuardedTensor weights;
  private final List<GuardedTensor> state = new ArrayList<>();

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
    OptimizerCase resumed = new OptimizerCase(other, weights.values(), shape);
    for (int index = 0; index < state.size(); index++) {
      resumed.state.set(index, GuardedTensor.of(state.get(index).values(), shape));
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
    gradient.assertUnchanged(slope);
  }

  float[] weights() {
    return weights.values();
  }

  /** Returns every bit of the weights and the state. */
  int[] bits() {
    int[] all = GuardedTensor.bits(weights.values());
    int size = all.length;
    all = Arrays.copyOf(all, size * (1 + state.size()));
    for (int index = 0; index < state.size(); index++) {
      int[] bits = GuardedTensor.bits(state.get(index).values());
      System.arraycopy(bits, 0, all, size * (index + 1), size);
    }
    return all;
  }
}
