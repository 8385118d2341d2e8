package org.roundel.core.net;

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
import org.roundel.api.model.ParameterPlace;
import org.roundel.api.optimizer.Optimizer;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.core.checkpoint.NamedTensor;
import org.roundel.core.component.ComponentCalls;
import org.roundel.core.config.ParameterSelector;
import org.roundel.core.evaluation.Evaluator;
import org.roundel.core.event.LayerStatistics;

/**
 * A model with all that a run keeps beside its parameters: latent weights, optimizer state, records
 * of signs.
 */
public final class TrainedNet {
  private final Model model;
  private final List<TrainedParameter> parameters;
  private final Map<TrainedParameter, SignHistory> signs = new LinkedHashMap<>();
  private final ComponentCalls calls;
  private final TrainingStep step;
  private final boolean latentWeights;
  private final FittedBuffers buffers;

  /**
   * Makes the arrays of a net.
   *
   * @param length how many updates the whole run makes
   * @param estimate makes running statistics for other weights than training's
   */
  public TrainedNet(
      Model model,
      Quantizer quantizer,
      ParameterSelector selector,
      Optimizer optimizer,
      long seed,
      RunLength length,
      ComponentCalls calls,
      LongSupplier nanoTime,
      BufferEstimate estimate) {
    this.model = model;
    this.calls = calls;
    this.latentWeights = quantizer.keepsLatentWeights();
    // A quantizer with neither latent weights nor a grid is full precision: nothing to count or to
    // compare.
    boolean quantizes = latentWeights || quantizer.levels().length > 0;
    List<Parameter> all = model.parameters();
    List<ParameterPlace> places = ParameterPlace.of(all);
    boolean[] selected = selector.select(all);
    List<TrainedParameter> trained = new ArrayList<>();
    for (int index = 0; index < all.size(); index++) {
      trained.add(
          new TrainedParameter(
              index,
              all.get(index),
              places.get(index),
              quantizes && selected[index],
              quantizer,
              optimizer.stateArrays()));
    }
    this.parameters = List.copyOf(trained);
    this.buffers = new FittedBuffers(model, estimate, calls);
    this.step =
        new TrainingStep(model, quantizer, optimizer, parameters, seed, length, calls, nanoTime);
  }

  public Model model() {
    return model;
  }

  public List<TrainedParameter> parameters() {
    return parameters;
  }

  public TrainingStep step() {
    return step;
  }

  /** Returns which component is being called by {@link #step} or {@link Evaluator}. */
  public ComponentCalls calls() {
    return calls;
  }

  public boolean keepsLatentWeights() {
    return latentWeights;
  }

  /**
   * Takes the weights as they are now, quantized for the first update, for the start of training.
   */
  public void begin() {
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
  public List<LayerStatistics> endEpoch() {
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
   * Returns training's own running statistics while others are in their place, else nothing.
   *
   * @param prefix put before each name
   */
  List<NamedTensor> displacedBuffers(String prefix) {
    return buffers.displaced(prefix);
  }

  /**
   * Runs with the weights that ship, which stay in place. Where they are others than those of the
   * coming update, as an average or a rounding to come may be, running statistics are in place that
   * were estimated for them, and training's own are put back.
   *
   * @param nextStep the coming update, for which the net's weights are quantized already
   */
  public <T> T withShippedWeights(long nextStep, WeightsAction<T> action) throws IOException {
    step.quantizeForEvaluation(nextStep);
    for (TrainedParameter parameter : parameters) {
      if (parameter.shipsOtherWeights()) {
        return buffers.aroundShipped(nextStep, action);
      }
    }
    return action.run();
  }

  /**
   * Runs with the latent weights and running statistics estimated for them in the net's place. The
   * net's weights are put back afterwards by quantizing for {@code nextStep}.
   */
  public <T> T withLatentWeights(long nextStep, WeightsAction<T> action) throws IOException {
    for (TrainedParameter parameter : parameters) {
      INDArray latent = parameter.latent();
      if (latent != null) {
        parameter.values().put(0, Tensors.floats(latent), 0, parameter.values().capacity());
      }
    }
    T result = buffers.around(action);
    // Not after a failure: which component failed must stay known, and whoever saves quantizes
    // anyway.
    step.quantizeForEvaluation(nextStep);
    return result;
  }

  /** Returns whether every trained number is finite. */
  public boolean isFinite() {
    for (TrainedParameter parameter : parameters) {
      if (!parameter.isFinite()) {
        return false;
      }
    }
    return true;
  }
}
