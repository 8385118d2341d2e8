package org.roundel.kit.quantizer;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.Tensors;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.training.StateArrays;
import org.roundel.kit.probe.GuardedTensor;
import org.roundel.kit.probe.Quadratic;
import org.roundel.kit.probe.StateCopy;
import org.roundel.kit.rule.RuleViolation;

/**
 * Trains one parameter by gradient descent on a quadratic, with every hook in its place, so that a
 * run that is stopped and resumed can be compared with one that is not.
 */
final class QuantizerTraining {
  private static final int UPDATES = 6;
  private static final int STOP = 3;

  private final QuantizerCase start;
  private final INDArray weights;
  private final INDArray netWeights;
  private final INDArray gradient;
  private final StateArrays state;
  private final Quantizer quantizer;

  private QuantizerTraining(Quantizer quantizer, QuantizerCase start, float[] values) {
    this.quantizer = quantizer;
    this.start = start;
    weights = Nd4j.create(values, start.shape(), 'c');
    netWeights = quantizer.keepsLatentWeights() ? weights.dup('c') : weights;
    gradient = weights.dup('c');
    state = StateArrays.allocate(quantizer.stateArrays(), start.shape());
  }

  /** Checks that another object goes on from copies of the arrays that a checkpoint holds. */
  static void check(QuantizerSubject subject) {
    Quantizer quantizer = subject.create();
    QuantizerCase start = QuantizerCase.ordinary(quantizer.levels());
    QuantizerTraining through = new QuantizerTraining(quantizer, start, start.weights().clone());
    quantizer.initialize(through.weights, start.beforeTraining(through.state));
    quantizer.initializeState(through.weights, start.beforeTraining(through.state));
    through.train(1, STOP);

    // What a checkpoint holds is the weights and the state arrays' values, nothing else.
    QuantizerTraining resumed = new QuantizerTraining(subject.create(), start, through.values());
    StateCopy.of(through.state).restore(resumed.state);
    through.train(STOP + 1, UPDATES);
    resumed.train(STOP + 1, UPDATES);
    try {
      RuleViolation.requireSame(
          GuardedTensor.bits(resumed.values()),
          GuardedTensor.bits(through.values()),
          "a run stopped after " + STOP + " of " + UPDATES + " updates and resumed");
      if (!StateCopy.of(resumed.state).sameValues(StateCopy.of(through.state))) {
        throw RuleViolation.of(
            "other state arrays after a run was stopped and resumed", "the same bytes");
      }
    } catch (RuleViolation violation) {
      throw violation.with(start.toString());
    }
  }

  private void train(int first, int last) {
    Quadratic quadratic = new Quadratic(start.weights().length);
    for (int step = first; step <= last; step++) {
      QuantizerCase now = start.at(start.seed(), step, start.tensor()).at((step - 1.0) / UPDATES);
      if (quantizer.keepsLatentWeights()) {
        quantizer.quantize(weights, netWeights, now.forward(state));
      }
      if (!quantizer.isFrozen(now.update(state))) {
        descend(now, quadratic);
      }
      quantizer.afterUpdate(weights, now.update(state));
    }
    if (quantizer.keepsLatentWeights()) {
      quantizer.quantize(
          weights, netWeights, start.at(start.seed(), last, start.tensor()).evaluation(state));
    }
  }

  private void descend(QuantizerCase now, Quadratic quadratic) {
    Tensors.floats(gradient).put(quadratic.gradient(copy(netWeights)));
    quantizer.gradient(weights, gradient, now.update(state));
    if (!quantizer.updatesWeights()) {
      FloatBuffer values = Tensors.floats(weights);
      FloatBuffer gradients = Tensors.floats(gradient);
      for (int index = 0; index < values.remaining(); index++) {
        values.put(index, (float) (values.get(index) - QuantizerCase.RATE * gradients.get(index)));
      }
    }
    QuantizerRun.descend(state);
  }

  private float[] values() {
    return copy(weights);
  }

  private static float[] copy(INDArray array) {
    float[] copy = new float[(int) array.length()];
    Tensors.floats(array).get(copy);
    return copy;
  }
}
