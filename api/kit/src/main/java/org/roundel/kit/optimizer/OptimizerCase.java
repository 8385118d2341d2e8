package org.roundel.kit.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.model.ParameterPlace;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.optimizer.Optimizer;
import org.roundel.api.optimizer.UpdateContext;
import org.roundel.api.training.Moment;
import org.roundel.api.training.StateArrays;
import org.roundel.kit.probe.GuardedTensor;
import org.roundel.kit.probe.Numbers;
import org.roundel.kit.probe.StateCopy;
import org.roundel.kit.rule.RuleViolation;

/**
 * One parameter with its state arrays, each in the middle of a larger array; knows whether an
 * update wrote anything but the weights and the state.
 */
final class OptimizerCase {
  private static final ParameterPlace PLACE =
      new ParameterPlace("conv/weight", ParameterRole.CONVOLUTION_WEIGHT, 0, 1);

  private final Optimizer optimizer;
  private final long[] shape;
  private final GuardedTensor weights;
  private final List<GuardedTensor> guards = new ArrayList<>();
  private final StateArrays state;
  private @Nullable GuardedTensor gradient;
  private float[] lastGradient = new float[0];
  private long lastStep;

  OptimizerCase(Optimizer optimizer, float[] start, long... shape) {
    this.optimizer = optimizer;
    this.shape = shape;
    weights = GuardedTensor.of(start, shape);
    state = StateArrays.of(optimizer.stateArrays(), this::zeros, shape);
  }

  private INDArray zeros(long[] size) {
    long length = 1;
    for (long dimension : size) {
      length *= dimension;
    }
    GuardedTensor array = GuardedTensor.of(new float[(int) length], size);
    guards.add(array);
    return array.tensor();
  }

  /** Returns a copy of everything that a checkpoint holds, with another optimizer object. */
  OptimizerCase resumedWith(Optimizer other) {
    OptimizerCase resumed = new OptimizerCase(other, weights.copy(), shape);
    StateCopy.of(state).restore(resumed.state);
    return resumed;
  }

  void update(float[] gradients, double learningRate, long step) {
    gradient = GuardedTensor.of(gradients, shape);
    lastGradient = gradients;
    lastStep = step;
    Moment moment = new Moment(step, 1, 0, learningRate, 1);
    optimizer.update(weights.tensor(), gradient.tensor(), new UpdateContext(PLACE, state, moment));
  }

  /** Checks what the last update wrote. */
  void requireNothingElseWritten() {
    try {
      weights.values();
      guards.forEach(GuardedTensor::values);
      if (gradient != null) {
        gradient.assertUnchanged(lastGradient);
      }
    } catch (RuleViolation violation) {
      throw violation.with(
          "gradient "
              + Numbers.text(lastGradient)
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
    List<float[]> all = new ArrayList<>();
    all.add(weights.copy());
    all.addAll(StateCopy.of(state).values());
    return Numbers.bits(all);
  }
}
