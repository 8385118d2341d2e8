package org.roundel.kit.quantizer;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.api.Tensors;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.training.StateArray;
import org.roundel.api.training.StateArrays;
import org.roundel.kit.probe.GuardedTensor;
import org.roundel.kit.probe.Numbers;
import org.roundel.kit.probe.StateCopy;
import org.roundel.kit.rule.RuleViolation;

/**
 * Calls every hook of a quantizer once, each on arrays of its own that lie in the middle of larger
 * ones, in the order of a training step; notes what was written, and whether it was allowed.
 */
final class QuantizerRun {
  private final Quantizer quantizer;
  private final QuantizerCase given;
  private final StateArrays state;
  private final float[] weights;
  private final long[] shape;

  /** What the hooks wrote, in the order of the calls. */
  private final List<float[]> written = new ArrayList<>();

  private String hook = "initialize";
  private @Nullable RuleViolation trespass;
  private float[] initial = new float[0];
  private float[] updated = new float[0];
  private float[] quantized = new float[0];
  private float[] shipped = new float[0];
  private float[] gradient = new float[0];
  private StateCopy learned = StateCopy.of(StateArrays.none());

  private QuantizerRun(Quantizer quantizer, QuantizerCase given) {
    this.quantizer = quantizer;
    this.given = given;
    weights = given.weights();
    shape = given.shape();
    state = StateArrays.allocate(quantizer.stateArrays(), shape);
  }

  /**
   * Calls the hooks.
   *
   * @throws RuleViolation if one of them throws
   */
  static QuantizerRun of(Quantizer quantizer, QuantizerCase given) {
    return of(quantizer, given, given.weights());
  }

  /** Calls the hooks with state arrays that start from other weights than the hooks get. */
  static QuantizerRun of(Quantizer quantizer, QuantizerCase given, float[] stateFrom) {
    try {
      QuantizerRun run = new QuantizerRun(quantizer, given);
      try {
        run.callAll(stateFrom);
      } catch (RuntimeException | LinkageError | StackOverflowError thrown) {
        throw RuleViolation.thrown(thrown, run.hook);
      }
      return run;
    } catch (RuleViolation violation) {
      throw violation.with(given.toString());
    }
  }

  private void callAll(float[] stateFrom) {
    initialize(stateFrom);
    if (quantizer.keepsLatentWeights()) {
      quantized = quantize("quantize");
    }
    gradient();
    afterUpdate();
    if (quantizer.keepsLatentWeights()) {
      shipped = quantize("quantize for evaluation");
    } else {
      quantized = updated;
      shipped = updated;
    }
  }

  private void initialize(float[] stateFrom) {
    hook = "initialize";
    StateCopy zero = StateCopy.of(state);
    GuardedTensor start = GuardedTensor.of(weights, shape);
    quantizer.initialize(start.tensor(), given.beforeTraining(state));
    initial = start.copy();
    written.add(initial);
    note(start::values);
    note(() -> requireState(zero, true, true));

    hook = "initializeState";
    GuardedTensor read = GuardedTensor.of(stateFrom, shape);
    quantizer.initializeState(read.tensor(), given.beforeTraining(state));
    note(() -> read.assertUnchanged(stateFrom));
    written.addAll(StateCopy.of(state).values());
  }

  private float[] quantize(String name) {
    hook = name;
    boolean evaluation = !name.equals("quantize");
    StateCopy before = StateCopy.of(state);
    GuardedTensor source = GuardedTensor.of(weights, shape);
    // The weights hold anything when called.
    float[] anything = new float[weights.length];
    Arrays.fill(anything, Float.NaN);
    GuardedTensor target = GuardedTensor.of(anything, shape);
    quantizer.quantize(
        source.tensor(),
        target.tensor(),
        evaluation ? given.evaluation(state) : given.forward(state));
    note(() -> source.assertUnchanged(weights));
    note(target::values);
    note(() -> requireState(before, true, true));
    float[] result = target.copy();
    written.add(result);
    return result;
  }

  private void gradient() {
    hook = "gradient";
    float[] unshaped = new float[weights.length];
    for (int index = 0; index < unshaped.length; index++) {
      unshaped[index] = 0.5f - index % 3;
    }
    StateCopy before = StateCopy.of(state);
    GuardedTensor read = GuardedTensor.of(weights, shape);
    GuardedTensor shaped = GuardedTensor.of(unshaped, shape);
    quantizer.gradient(read.tensor(), shaped.tensor(), given.update(state));
    note(() -> read.assertUnchanged(weights));
    note(shaped::values);
    note(() -> requireLearned(before));
    gradient = shaped.copy();
    written.add(gradient);
    learned = StateCopy.of(state);
    written.addAll(learned.values());
    written.addAll(learned.gradients());
    descend(state);
  }

  private void afterUpdate() {
    hook = "afterUpdate";
    StateCopy before = StateCopy.of(state);
    GuardedTensor values = GuardedTensor.of(weights, shape);
    quantizer.afterUpdate(values.tensor(), given.update(state));
    note(values::values);
    note(() -> requireState(before, false, true));
    updated = values.copy();
    written.add(updated);
    written.addAll(StateCopy.of(state).values());
  }

  /** Moves every learned array one step of gradient descent. */
  static void descend(StateArrays state) {
    for (StateArray array : state.declared()) {
      if (array.learned()) {
        FloatBuffer values = Tensors.floats(state.values(array.name()));
        FloatBuffer gradients = Tensors.floats(state.gradient(array.name()));
        for (int index = 0; index < values.remaining(); index++) {
          values.put(
              index, (float) (values.get(index) - QuantizerCase.RATE * gradients.get(index)));
        }
      }
    }
  }

  private void requireState(StateCopy before, boolean values, boolean gradients) {
    StateCopy after = StateCopy.of(state);
    if (values && !after.sameValues(before)) {
      throw RuleViolation.of("values written in the state arrays", "only reading them here");
    }
    if (gradients && !after.sameGradients(before)) {
      throw RuleViolation.of("gradients written in the state arrays", "only reading them here");
    }
  }

  /** The gradient's hook may write the quantizer's own arrays, but not those that are learned. */
  private void requireLearned(StateCopy before) {
    if (!StateCopy.of(state).sameLearnedValues(before)) {
      throw RuleViolation.of(
          "values written in a learned state array",
          "only reading them here: the optimizer writes");
    }
  }

  /** Keeps the first violation, for the rule that is about it. */
  private void note(Runnable check) {
    try {
      check.run();
    } catch (RuleViolation violation) {
      if (trespass == null) {
        trespass = violation.with("the hook " + hook).with(given.toString());
      }
    }
  }

  /** Checks that the hooks wrote only what they may write. */
  void requireNothingElseWritten() {
    if (trespass != null) {
      throw trespass;
    }
  }

  /** Returns what the initialize hook made. */
  float[] initial() {
    return initial;
  }

  /** Returns the weights that the net computes with in this step. */
  float[] quantized() {
    return quantized;
  }

  /** Returns the weights that the net is evaluated and saved with after this step. */
  float[] shipped() {
    return shipped;
  }

  /** Returns the gradient that the optimizer gets. */
  float[] shapedGradient() {
    return gradient;
  }

  /** Returns the gradients of the learned arrays. */
  List<float[]> learnedGradients() {
    return learned.gradients();
  }

  /** Returns the arrays that the net would compute with. */
  List<float[]> netWeights() {
    return quantizer.keepsLatentWeights()
        ? List.of(quantized, shipped)
        : List.of(initial, quantized);
  }

  /** Returns every bit that was written. */
  int[] bits() {
    return Numbers.bits(written);
  }
}
