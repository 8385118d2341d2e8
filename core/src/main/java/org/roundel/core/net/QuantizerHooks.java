package org.roundel.core.net;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.api.training.Moment;
import org.roundel.core.component.ComponentCalls;
import org.roundel.core.plugin.ComponentKind;

/**
 * Calls a quantizer's hooks for parameters of the net, each hook with a context and random numbers
 * of its own. Parameters that are not quantized are left alone. Used by one thread.
 */
public final class QuantizerHooks {
  private final Quantizer quantizer;
  private final long seed;
  private final RunLength length;
  private final ComponentCalls calls;

  /**
   * Makes one for a run.
   *
   * @param seed the run's
   * @param length how many updates the whole run makes
   * @param calls told which component is being called
   */
  public QuantizerHooks(Quantizer quantizer, long seed, RunLength length, ComponentCalls calls) {
    this.quantizer = quantizer;
    this.seed = seed;
    this.length = length;
    this.calls = calls;
  }

  boolean keepsLatentWeights() {
    return quantizer.keepsLatentWeights();
  }

  /** Sets the weights that training starts from: the quantizer's own choice. */
  void initialize(List<TrainedParameter> parameters) {
    for (TrainedParameter parameter : parameters) {
      if (parameter.isQuantized()) {
        calls.enter(ComponentKind.QUANTIZER);
        quantizer.initialize(
            parameter.trainedWeights(), context(parameter, Hook.INITIALIZE, Moment.start()));
        calls.leave();
      }
    }
  }

  /** Sets what the quantizer keeps beside the weights, from the weights that are in place now. */
  void initializeState(List<TrainedParameter> parameters) {
    for (TrainedParameter parameter : parameters) {
      if (parameter.isQuantized()) {
        calls.enter(ComponentKind.QUANTIZER);
        quantizer.initializeState(
            parameter.trainedWeights(), context(parameter, Hook.INITIALIZE_STATE, Moment.start()));
        calls.leave();
      }
    }
  }

  /**
   * Computes the net's weights from the latent ones, where those are kept.
   *
   * @param step the coming update
   * @param evaluation whether they are to be evaluated, saved and shipped, not trained with
   */
  void quantize(List<TrainedParameter> parameters, long step, boolean evaluation) {
    Moment moment = length.at(step, 0);
    for (TrainedParameter parameter : parameters) {
      INDArray latent = parameter.latent();
      if (latent != null) {
        calls.enter(ComponentKind.QUANTIZER);
        quantizer.quantize(
            latent, parameter.netWeights(), context(parameter, Hook.QUANTIZE, moment, evaluation));
        calls.leave();
      }
    }
  }

  /**
   * Shapes a parameter's gradient for an update.
   *
   * @return false if the parameter is to stay as it is in this update
   */
  boolean shapeGradient(TrainedParameter parameter, Moment moment) {
    if (!parameter.isQuantized()) {
      return true;
    }
    calls.enter(ComponentKind.QUANTIZER);
    QuantizationContext context = context(parameter, Hook.GRADIENT, moment);
    boolean frozen = quantizer.isFrozen(context);
    if (!frozen) {
      quantizer.gradient(parameter.trainedWeights(), parameter.gradientArray(), context);
    }
    calls.leave();
    return !frozen;
  }

  /** Brings a parameter that was updated back into the set that the quantizer allows. */
  void afterUpdate(TrainedParameter parameter, Moment moment) {
    if (parameter.isQuantized()) {
      calls.enter(ComponentKind.QUANTIZER);
      quantizer.afterUpdate(
          parameter.trainedWeights(), context(parameter, Hook.AFTER_UPDATE, moment));
      calls.leave();
    }
  }

  private QuantizationContext context(TrainedParameter parameter, Hook hook, Moment moment) {
    return context(parameter, hook, moment, false);
  }

  private QuantizationContext context(
      TrainedParameter parameter, Hook hook, Moment moment, boolean evaluation) {
    RandomSource random =
        RandomSource.of(seed, RandomPurpose.QUANTIZE, moment.step())
            .forTensor(parameter.index() * Hook.COUNT + hook.code);
    return new QuantizationContext(
        parameter.place(), parameter.quantizerState(), moment, evaluation, random);
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
