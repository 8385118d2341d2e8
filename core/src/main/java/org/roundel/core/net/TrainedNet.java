package org.roundel.core.net;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Tensors;
import org.roundel.api.model.Model;
import org.roundel.api.training.Moment;
import org.roundel.core.checkpoint.NamedTensor;
import org.roundel.core.component.ComponentCalls;
import org.roundel.core.event.LayerStatistics;

/**
 * A model with all that a run keeps beside its parameters: latent weights, optimizer state, records
 * of signs. It knows which weights are in place in the model, and writes them only where others are
 * wanted.
 *
 * <p>Where latent weights are kept, three kinds can be in place between two updates: those that the
 * coming update computes with, quantized with its randomness; those that ship, which most methods
 * quantize in the same way; and the latent ones. Where none are kept, the three are the same. Where
 * averages are kept, they are what ships, quantized, and the latent weights that are looked at.
 */
public final class TrainedNet {
  /** The kinds of weights that can be in the model's place. */
  private enum Weights {
    TRAINING,
    SHIPPED,
    LATENT
  }

  private static final long NONE = -1;

  private final Model model;
  private final List<TrainedParameter> parameters;
  private final QuantizerHooks quantizer;
  private final ComponentCalls calls;
  private final FittedBuffers buffers;
  private final boolean alwaysEstimates;
  private final Map<TrainedParameter, SignHistory> signs = new LinkedHashMap<>();
  private @Nullable Weights inPlace;
  private long placedFor = NONE;

  /**
   * Makes a net.
   *
   * @param parameters the model's, in its order
   * @param estimate makes running statistics for other weights than training's
   * @param alwaysEstimates whether they are made for all weights that ship
   * @param calls told which component is being called
   */
  public TrainedNet(
      Model model,
      List<TrainedParameter> parameters,
      QuantizerHooks quantizer,
      BufferEstimate estimate,
      boolean alwaysEstimates,
      ComponentCalls calls) {
    this.model = model;
    this.parameters = List.copyOf(parameters);
    this.quantizer = quantizer;
    this.alwaysEstimates = alwaysEstimates;
    this.calls = calls;
    this.buffers = new FittedBuffers(model, estimate, calls);
  }

  public Model model() {
    return model;
  }

  public List<TrainedParameter> parameters() {
    return parameters;
  }

  /** Returns which component is being called. */
  public ComponentCalls calls() {
    return calls;
  }

  public boolean keepsLatentWeights() {
    return quantizer.keepsLatentWeights();
  }

  /**
   * Keeps averages of what is trained, which ship in its place; called before training starts or
   * goes on.
   *
   * @param decay in (0, 1), see {@link ParameterAverage}
   */
  public void keepAverages(double decay) {
    parameters.forEach(parameter -> parameter.keepAverage(decay));
  }

  /** Sets the weights that training starts from: the quantizer's own choice. */
  public void initialize() {
    quantizer.initialize(parameters);
  }

  /** Starts training from the weights that {@link #initialize} has set. */
  public void begin() {
    quantizer.initializeState(parameters);
    startAverages();
    standBefore(1);
  }

  /** Starts training from weights that come from elsewhere, and are in place now. */
  public void beginWithLoadedWeights() {
    quantizer.initializeState(parameters);
    for (TrainedParameter parameter : parameters) {
      quantizer.afterUpdate(parameter, Moment.start());
    }
    startAverages();
    standBefore(1);
  }

  private void startAverages() {
    for (TrainedParameter parameter : parameters) {
      ParameterAverage average = parameter.average();
      if (average != null) {
        average.start();
      }
    }
  }

  /**
   * Goes on after all arrays have been restored; sign records and moves are restored after this
   * call.
   *
   * @param stepsDone updates made before
   */
  void resume(long stepsDone) {
    standBefore(stepsDone + 1);
  }

  /** Starts all records from the weights that an update computes with. */
  private void standBefore(long step) {
    placedFor = NONE;
    place(Weights.TRAINING, step);
    signs.clear();
    for (TrainedParameter parameter : parameters) {
      parameter.forgetMoves();
      if (parameter.isWeight()) {
        signs.put(parameter, new SignHistory(parameter.netWeightFloats()));
      }
    }
  }

  SignHistory signs(TrainedParameter parameter) {
    SignHistory history = signs.get(parameter);
    if (history == null) {
      throw new IllegalStateException("no signs are recorded for " + parameter.name());
    }
    return history;
  }

  /**
   * Records the signs of the weights that ship at an epoch's end, and returns what happened to each
   * layer's weights.
   *
   * @param nextStep the coming update
   */
  public List<LayerStatistics> endEpoch(long nextStep) {
    place(Weights.SHIPPED, nextStep);
    signs.forEach((parameter, history) -> history.endEpoch(parameter.netWeightFloats()));
    return layers();
  }

  /**
   * Returns what happened to each layer's weights: moves up to now, changed signs up to the last
   * epoch's end.
   */
  public List<LayerStatistics> layers() {
    List<LayerStatistics> layers = new ArrayList<>();
    signs.forEach(
        (parameter, history) ->
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
                    parameter.moves(),
                    parameter.distribution())));
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
   * Puts the weights in place that an update computes with.
   *
   * @param step the number of the update, which has not been made
   */
  void placeTrainingWeights(long step) {
    place(Weights.TRAINING, step);
  }

  /**
   * Puts the weights in place that ship before an update.
   *
   * @param nextStep the coming update
   */
  public void placeShippedWeights(long nextStep) {
    place(Weights.SHIPPED, nextStep);
  }

  /**
   * Runs with the weights that ship. Where they are others than those of the coming update, as an
   * average or a rounding to come may be, or the run asks for it, running statistics are in place
   * meanwhile that were estimated for them.
   *
   * @param nextStep the coming update
   */
  public <T> T withShippedWeights(long nextStep, WeightsAction<T> action) throws IOException {
    place(Weights.SHIPPED, nextStep);
    boolean estimates =
        alwaysEstimates || parameters.stream().anyMatch(TrainedParameter::shipsOtherWeights);
    return estimates ? buffers.aroundShipped(nextStep, action) : action.run();
  }

  /**
   * Runs with the latent weights, and running statistics estimated for them meanwhile.
   *
   * @param nextStep the coming update
   */
  public <T> T withLatentWeights(long nextStep, WeightsAction<T> action) throws IOException {
    place(Weights.LATENT, nextStep);
    return buffers.around(action);
  }

  /**
   * Writes weights unless they are in place already. Those of the coming update are the first to be
   * written after an update: moves are counted on them, and shipped ones are compared with them.
   */
  private void place(Weights wanted, long step) {
    if (placedFor != step) {
      write(Weights.TRAINING, step);
      for (TrainedParameter parameter : parameters) {
        if (parameter.latent() != null) {
          parameter.countMoves();
        }
      }
      placedFor = step;
    }
    if (inPlace != wanted) {
      write(wanted, step);
    }
  }

  private void write(Weights wanted, long step) {
    // A quantizer that throws leaves something between the two.
    inPlace = null;
    for (TrainedParameter parameter : parameters) {
      ParameterAverage average = parameter.average();
      if (average != null) {
        average.place(wanted != Weights.TRAINING);
      }
    }
    if (wanted == Weights.LATENT) {
      for (TrainedParameter parameter : parameters) {
        INDArray latent = parameter.latent();
        if (latent != null) {
          parameter
              .netWeightFloats()
              .put(0, Tensors.floats(latent), 0, parameter.netWeightFloats().capacity());
        }
      }
    } else {
      quantizer.quantize(parameters, step, wanted == Weights.SHIPPED);
    }
    inPlace = wanted;
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
