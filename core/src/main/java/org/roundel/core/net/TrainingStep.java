package org.roundel.core.net;

import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.BatchResult;
import org.roundel.api.model.Model;
import org.roundel.api.optimizer.Optimizer;
import org.roundel.api.optimizer.UpdateContext;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.api.training.Moment;
import org.roundel.core.component.ComponentCalls;
import org.roundel.core.plugin.ComponentKind;

/**
 * One update of a net's weights.
 *
 * <p>Where latent weights are kept, the net's weights are those of the latent ones quantized with
 * the randomness of the coming update; so evaluating or saving between two updates sees exactly the
 * weights that the next update will compute with, unless the method ships other weights.
 */
public final class TrainingStep {
  private final Model model;
  private final Quantizer quantizer;
  private final Optimizer optimizer;
  private final List<TrainedParameter> parameters;
  private final BufferBackup buffers;
  private final ComponentCalls calls;
  private final long seed;
  private final RunLength length;
  private final LongSupplier nanoTime;

  public TrainingStep(
      Model model,
      Quantizer quantizer,
      Optimizer optimizer,
      List<TrainedParameter> parameters,
      long seed,
      RunLength length,
      ComponentCalls calls,
      LongSupplier nanoTime) {
    this.model = model;
    this.quantizer = quantizer;
    this.optimizer = optimizer;
    this.parameters = parameters;
    this.buffers = new BufferBackup(model.buffers());
    this.seed = seed;
    this.length = length;
    this.calls = calls;
    this.nanoTime = nanoTime;
  }

  /**
   * Makes one update.
   *
   * @param batch the images
   * @param step the number of this update, counted from 1
   * @param learningRate its learning rate
   * @param measure whether to measure how far rounding moves the weights
   * @return what happened; if something was not finite, weights, optimizer state and buffers are as
   *     before
   */
  public StepResult apply(Batch batch, long step, double learningRate, boolean measure) {
    long start = nanoTime.getAsLong();
    quantize(step);
    long quantized = nanoTime.getAsLong();

    buffers.save();
    BatchResult result = computeGradients(batch, step);
    String diverged = diverged(result);
    if (diverged != null) {
      buffers.restore();
    }
    long computed = nanoTime.getAsLong();

    if (diverged == null) {
      calls.updateBegins();
      update(step, learningRate, measure);
      calls.updateEnds();
    }
    return new StepResult(
        result, diverged, quantized - start, computed - quantized, nanoTime.getAsLong() - computed);
  }

  private BatchResult computeGradients(Batch batch, long step) {
    calls.enter(ComponentKind.MODEL);
    try {
      BatchResult result =
          model.computeGradients(batch, RandomSource.of(seed, RandomPurpose.MODEL, step));
      calls.leave();
      return result;
    } catch (Throwable failed) {
      // The forward pass may have changed them, and the run is to be kept as it was.
      buffers.restore();
      throw failed;
    }
  }

  /** Computes the net's weights for an update from the latent ones, where those are kept. */
  public void quantize(long step) {
    quantize(step, false);
    for (TrainedParameter parameter : parameters) {
      if (parameter.latent() != null) {
        parameter.countMoves();
      }
    }
  }

  /**
   * Computes the net's weights as they are evaluated and saved before an update. For most methods
   * they are those that the update will compute with.
   */
  public void quantizeForEvaluation(long step) {
    quantize(step, true);
  }

  private void quantize(long step, boolean evaluation) {
    calls.enter(ComponentKind.QUANTIZER);
    RandomSource random = RandomSource.of(seed, RandomPurpose.QUANTIZE, step);
    Moment moment = length.at(step, 0);
    for (TrainedParameter parameter : parameters) {
      INDArray latent = parameter.latent();
      if (latent != null) {
        quantizer.quantize(
            latent,
            parameter.netWeights(),
            context(parameter, Hook.QUANTIZE, moment, evaluation, random));
      }
    }
    calls.leave();
  }

  private void update(long step, double learningRate, boolean measure) {
    RandomSource random = RandomSource.of(seed, RandomPurpose.QUANTIZE, step);
    Moment moment = length.at(step, learningRate);
    for (TrainedParameter parameter : parameters) {
      INDArray weights = parameter.updated();
      INDArray gradient = parameter.gradientArray();
      if (!parameter.isQuantized()) {
        calls.enter(ComponentKind.OPTIMIZER);
        optimizer.update(weights, gradient, updateContext(parameter, moment));
        continue;
      }
      calls.enter(ComponentKind.QUANTIZER);
      QuantizationContext before = context(parameter, Hook.GRADIENT, moment, false, random);
      if (!quantizer.isFrozen(before)) {
        quantizer.gradient(weights, gradient, before);
        calls.enter(ComponentKind.OPTIMIZER);
        optimizer.update(weights, gradient, updateContext(parameter, moment));
        for (LearnedArray learned : parameter.learnedArrays()) {
          optimizer.update(
              learned.values(),
              learned.gradient(),
              new UpdateContext(learned.place(), learned.optimizerState(), moment));
        }
      }
      if (measure) {
        parameter.keepTentative();
      }
      calls.enter(ComponentKind.QUANTIZER);
      quantizer.afterUpdate(weights, context(parameter, Hook.AFTER_UPDATE, moment, false, random));
      if (measure) {
        parameter.measureRounding();
      }
      if (parameter.latent() == null) {
        parameter.countMoves();
      }
    }
    calls.leave();
  }

  /** Sets the weights that training starts from: the quantizer's own choice. */
  public void initialize() {
    RandomSource random = RandomSource.of(seed, RandomPurpose.QUANTIZE, 0);
    for (TrainedParameter parameter : parameters) {
      if (parameter.isQuantized()) {
        quantizer.initialize(
            parameter.updated(),
            context(parameter, Hook.INITIALIZE, Moment.start(), false, random));
      }
    }
  }

  /** Sets what the quantizer keeps beside the weights, from the weights that are in place now. */
  public void initializeState() {
    RandomSource random = RandomSource.of(seed, RandomPurpose.QUANTIZE, 0);
    for (TrainedParameter parameter : parameters) {
      if (parameter.isQuantized()) {
        quantizer.initializeState(
            parameter.updated(),
            context(parameter, Hook.INITIALIZE_STATE, Moment.start(), false, random));
      }
    }
  }

  /** Brings weights that come from elsewhere into the set that the quantizer allows. */
  public void admit() {
    RandomSource random = RandomSource.of(seed, RandomPurpose.QUANTIZE, 0);
    for (TrainedParameter parameter : parameters) {
      if (parameter.isQuantized()) {
        quantizer.afterUpdate(
            parameter.updated(),
            context(parameter, Hook.AFTER_UPDATE, Moment.start(), false, random));
      }
    }
  }

  private static UpdateContext updateContext(TrainedParameter parameter, Moment moment) {
    return new UpdateContext(parameter.place(), parameter.optimizerState(), moment);
  }

  private static QuantizationContext context(
      TrainedParameter parameter,
      Hook hook,
      Moment moment,
      boolean evaluation,
      RandomSource ofStep) {
    RandomSource random = ofStep.forTensor(parameter.index() * Hook.COUNT + hook.code);
    return new QuantizationContext(
        parameter.place(), parameter.quantizerState(), moment, evaluation, random);
  }

  private @Nullable String diverged(BatchResult result) {
    if (!Double.isFinite(result.loss())) {
      return "the loss is " + result.loss();
    }
    for (TrainedParameter parameter : parameters) {
      if (!parameter.hasFiniteGradient()) {
        return "the gradient of " + parameter.name() + " is not finite";
      }
    }
    return null;
  }

  /**
   * A quantizer's hooks; each has random numbers of its own. The order is part of a run's
   * reproducibility.
   */
  private enum Hook {
    INITIALIZE(0),
    QUANTIZE(1),
    GRADIENT(2),
    /** Called before the first update only, and the gradient's hook never before it. */
    INITIALIZE_STATE(2),
    AFTER_UPDATE(3);

    static final int COUNT = 4;

    private final int code;

    Hook(int code) {
      this.code = code;
    }
  }
}
