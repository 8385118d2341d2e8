package org.roundel.core.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Tensors;
import org.roundel.api.model.Model;
import org.roundel.api.model.Parameter;
import org.roundel.api.optimizer.Optimizer;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.core.config.ParameterSelector;

/**
 * A model with all that a run keeps beside its parameters: latent weights, optimizer state, records
 * of signs.
 */
final class TrainedNet {
  private final Model model;
  private final List<TrainedParameter> parameters;
  private final Map<TrainedParameter, SignHistory> signs = new LinkedHashMap<>();
  private final ComponentCalls calls;
  private final TrainingStep step;
  private final boolean latentWeights;

  /**
   * Makes the arrays of a net.
   *
   * @param updates how many updates the whole run makes
   */
  TrainedNet(
      Model model,
      Quantizer quantizer,
      ParameterSelector selector,
      Optimizer optimizer,
      long seed,
      long updates,
      ComponentCalls calls,
      LongSupplier nanoTime) {
    this.model = model;
    this.calls = calls;
    this.latentWeights = quantizer.keepsLatentWeights();
    // A quantizer with neither latent weights nor a grid is full precision: nothing to count or to
    // compare.
    boolean quantizes = latentWeights || quantizer.levels().length > 0;
    List<Parameter> all = model.parameters();
    boolean[] selected = selector.select(all);
    List<TrainedParameter> trained = new ArrayList<>();
    for (int index = 0; index < all.size(); index++) {
      trained.add(
          new TrainedParameter(
              index,
              all.get(index),
              quantizes && selected[index],
              quantizer,
              optimizer.stateNames().size()));
    }
    this.parameters = List.copyOf(trained);
    this.step =
        new TrainingStep(model, quantizer, optimizer, parameters, seed, updates, calls, nanoTime);
  }

  Model model() {
    return model;
  }

  List<TrainedParameter> parameters() {
    return parameters;
  }

  TrainingStep step() {
    return step;
  }

  /** Returns which component is being called by {@link #step} or {@link Evaluator}. */
  ComponentCalls calls() {
    return calls;
  }

  boolean keepsLatentWeights() {
    return latentWeights;
  }

  /**
   * Takes the weights as they are now, quantized for the first update, for the start of training.
   */
  void begin() {
    step.quantize(1);
    signs.clear();
    for (TrainedParameter parameter : parameters) {
      parameter.forgetMoves();
      if (parameter.isWeight()) {
        signs.put(parameter, new SignHistory(parameter.values()));
      }
    }
  }

  /**
   * Goes on after all arrays have been restored; sign records and moves are restored after this
   * call.
   */
  void resume(long stepsDone) {
    begin();
    step.quantize(stepsDone + 1);
    for (TrainedParameter parameter : parameters) {
      parameter.forgetMoves();
    }
    step.quantizeForEvaluation(stepsDone + 1);
  }

  SignHistory signs(TrainedParameter parameter) {
    SignHistory history = signs.get(parameter);
    if (history == null) {
      throw new IllegalStateException("no signs are recorded for " + parameter.name());
    }
    return history;
  }

  /** Records the signs at an epoch's end and returns what happened to each layer's weights. */
  List<LayerStatistics> endEpoch() {
    List<LayerStatistics> layers = new ArrayList<>();
    signs.forEach(
        (parameter, history) -> {
          history.endEpoch(parameter.values());
          layers.add(
              new LayerStatistics(
                  parameter.name(),
                  parameter.role(),
                  parameter.isQuantized(),
                  parameter.netWeights().length(),
                  history.changedSinceStart(),
                  history.changedInFiveEpochs(),
                  parameter.quantizationError(),
                  parameter.latentGap(),
                  parameter.moves()));
        });
    return layers;
  }

  /**
   * Runs with the latent weights in the net's place; the net's weights are put back afterwards by
   * quantizing for {@code nextStep}.
   */
  <T> T withLatentWeights(long nextStep, LatentAction<T> action) throws IOException {
    for (TrainedParameter parameter : parameters) {
      INDArray latent = parameter.latent();
      if (latent != null) {
        parameter.values().put(0, Tensors.floats(latent), 0, parameter.values().capacity());
      }
    }
    try {
      return action.run();
    } finally {
      step.quantizeForEvaluation(nextStep);
    }
  }

  /** Returns whether every trained number is finite. */
  boolean isFinite() {
    for (TrainedParameter parameter : parameters) {
      if (!parameter.isFinite()) {
        return false;
      }
    }
    return true;
  }

  /** Something to do while the latent weights are in place. */
  @FunctionalInterface
  interface LatentAction<T> {
    T run() throws IOException;
  }
}
