package org.roundel.core.net;

import java.util.function.LongSupplier;
import org.roundel.api.dataset.Batch;
import org.roundel.api.optimizer.Optimizer;
import org.roundel.api.optimizer.UpdateContext;
import org.roundel.api.training.Moment;
import org.roundel.core.component.ComponentCalls;
import org.roundel.core.plugin.ComponentKind;

/** Makes updates of a net's weights, one at a time. Used by one thread. */
public final class TrainingStep {
  private final TrainedNet net;
  private final QuantizerHooks quantizer;
  private final Optimizer optimizer;
  private final BatchGradients gradients;
  private final RunLength length;
  private final LongSupplier nanoTime;
  private final ComponentCalls calls;

  /**
   * Makes one for a net.
   *
   * @param gradients computes the net's
   * @param length how many updates the whole run makes
   * @param nanoTime the time, of which only differences matter
   */
  public TrainingStep(
      TrainedNet net,
      QuantizerHooks quantizer,
      Optimizer optimizer,
      BatchGradients gradients,
      RunLength length,
      LongSupplier nanoTime) {
    this.net = net;
    this.quantizer = quantizer;
    this.optimizer = optimizer;
    this.gradients = gradients;
    this.length = length;
    this.nanoTime = nanoTime;
    this.calls = net.calls();
  }

  /**
   * Makes one update.
   *
   * @param batch the images
   * @param step the number of this update in the run, counted from 1; each has its own
   * @param learningRate its learning rate
   * @param measure whether to measure how far rounding moves the weights
   * @return what happened; if something was not finite, weights, optimizer state and buffers are as
   *     before
   */
  public StepResult apply(Batch batch, long step, double learningRate, boolean measure) {
    long start = nanoTime.getAsLong();
    net.placeTrainingWeights(step);
    long quantized = nanoTime.getAsLong();

    BatchGradients.Result result = gradients.compute(batch, step);
    long computed = nanoTime.getAsLong();

    if (result.diverged() == null) {
      calls.updateBegins();
      Moment moment = length.at(step, learningRate);
      for (TrainedParameter parameter : net.parameters()) {
        update(parameter, moment, measure);
      }
      calls.updateEnds();
    }
    return new StepResult(
        result.batch(),
        result.diverged(),
        result.norm(),
        quantized - start,
        computed - quantized,
        nanoTime.getAsLong() - computed);
  }

  private void update(TrainedParameter parameter, Moment moment, boolean measure) {
    if (quantizer.shapeGradient(parameter, moment)) {
      optimize(parameter, moment);
    }
    if (measure) {
      parameter.keepTentative();
    }
    quantizer.afterUpdate(parameter, moment);
    if (measure) {
      parameter.measureRounding();
    }
    if (parameter.latent() == null) {
      parameter.countMoves();
    }
    ParameterAverage average = parameter.average();
    if (average != null) {
      average.takeIn(moment.step());
    }
  }

  private void optimize(TrainedParameter parameter, Moment moment) {
    calls.enter(ComponentKind.OPTIMIZER);
    if (!parameter.isMovedByQuantizer()) {
      optimizer.update(
          parameter.trainedWeights(),
          parameter.gradientArray(),
          new UpdateContext(parameter.place(), parameter.optimizerState(), moment));
    }
    for (LearnedArray learned : parameter.learnedArrays()) {
      optimizer.update(
          learned.values(),
          learned.gradient(),
          new UpdateContext(learned.place(), learned.optimizerState(), moment));
    }
    calls.leave();
  }
}
