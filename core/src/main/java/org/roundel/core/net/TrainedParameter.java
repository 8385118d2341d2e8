package org.roundel.core.net;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Tensors;
import org.roundel.api.model.Model;
import org.roundel.api.model.Parameter;
import org.roundel.api.model.ParameterPlace;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.optimizer.Optimizer;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.training.StateArray;
import org.roundel.api.training.StateArrays;
import org.roundel.core.config.ParameterSelector;
import org.roundel.core.event.WeightDistribution;
import org.roundel.core.floats.FloatScan;
import org.roundel.core.floats.WeightScan;

/**
 * A parameter of the net with everything that training keeps beside it: latent weights, optimizer
 * state, the quantizer's arrays, and the last quantized values for counting moves.
 */
public final class TrainedParameter {
  private final int index;
  private final Parameter parameter;
  private final ParameterPlace place;
  private final boolean quantized;
  private final boolean movedByQuantizer;
  private final @Nullable INDArray latent;
  private final StateArrays optimizerState;
  private final StateArrays quantizerState;
  private final List<LearnedArray> learnedArrays;
  private final FloatBuffer values;
  private final FloatBuffer gradient;
  private final @Nullable FloatBuffer previousValues;
  private final @Nullable FloatBuffer tentative;
  private @Nullable ParameterAverage average;
  private long moves;
  private double roundingError;

  /**
   * Makes the arrays.
   *
   * @param index the parameter's position in the model's list
   * @param optimizerArrays what the optimizer keeps beside it
   */
  private TrainedParameter(
      int index,
      Parameter parameter,
      ParameterPlace place,
      boolean quantized,
      Quantizer quantizer,
      List<StateArray> optimizerArrays) {
    boolean latentWeights = quantizer.keepsLatentWeights();
    this.index = index;
    this.parameter = parameter;
    this.place = place;
    this.quantized = quantized;
    this.movedByQuantizer = quantized && quantizer.updatesWeights();
    this.latent = quantized && latentWeights ? parameter.values().dup('c') : null;
    this.optimizerState =
        movedByQuantizer
            ? StateArrays.none()
            : StateArrays.allocate(optimizerArrays, parameter.values().shape());
    this.quantizerState =
        quantized
            ? StateArrays.allocate(quantizer.stateArrays(), parameter.values().shape())
            : StateArrays.none();
    List<LearnedArray> learned = new ArrayList<>();
    for (StateArray array : quantizerState.declared()) {
      if (array.learned()) {
        INDArray values = quantizerState.values(array.name());
        learned.add(
            new LearnedArray(
                array.name(),
                place.ofLearned(array.name()),
                values,
                quantizerState.gradient(array.name()),
                StateArrays.allocate(optimizerArrays, values.shape())));
      }
    }
    this.learnedArrays = List.copyOf(learned);
    this.values = Tensors.floats(parameter.values());
    this.gradient = Tensors.floats(parameter.gradient());
    this.previousValues = quantized ? FloatBuffer.allocate(values.capacity()) : null;
    this.tentative =
        quantized && !latentWeights && !movedByQuantizer
            ? FloatBuffer.allocate(values.capacity())
            : null;
  }

  /**
   * Makes the arrays that go with each of a model's parameters.
   *
   * @param selector which of them are quantized
   */
  public static List<TrainedParameter> of(
      Model model, ParameterSelector selector, Quantizer quantizer, Optimizer optimizer) {
    // A quantizer with neither latent weights nor a grid is full precision: nothing to count or to
    // compare.
    boolean quantizes = quantizer.keepsLatentWeights() || quantizer.levels().length > 0;
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
    return trained;
  }

  /** Returns the position in the model's list; it names the stream of random numbers. */
  int index() {
    return index;
  }

  public String name() {
    return parameter.name();
  }

  ParameterRole role() {
    return parameter.role();
  }

  /** Returns what hooks and updates are told of this parameter. */
  public ParameterPlace place() {
    return place;
  }

  public boolean isQuantized() {
    return quantized;
  }

  /**
   * Returns whether this is a weight of a layer, not a bias or a normalisation; only weights have
   * sign statistics.
   */
  boolean isWeight() {
    return role().isWeight();
  }

  /** Returns the weights that the net computes with. */
  public INDArray netWeights() {
    return parameter.values();
  }

  INDArray gradientArray() {
    return parameter.gradient();
  }

  /** Returns the elements of {@link #gradientArray}, the same memory. */
  FloatBuffer gradientFloats() {
    return gradient;
  }

  public @Nullable INDArray latent() {
    return latent;
  }

  /** Returns the weights that are trained: the latent ones where they are kept, else the net's. */
  INDArray trainedWeights() {
    return latent == null ? parameter.values() : latent;
  }

  /** Returns whether the quantizer moves these weights itself, and the optimizer does not. */
  boolean isMovedByQuantizer() {
    return movedByQuantizer;
  }

  StateArrays optimizerState() {
    return optimizerState;
  }

  /** Keeps an average of what is trained here from now on; {@code decay} in (0, 1). */
  void keepAverage(double decay) {
    List<INDArray> trained = new ArrayList<>(List.of(trainedWeights()));
    learnedArrays.forEach(learned -> trained.add(learned.values()));
    average = new ParameterAverage(trained, decay);
  }

  /** Returns the average of what is trained here, null if none is kept. */
  @Nullable ParameterAverage average() {
    return average;
  }

  /** Returns the arrays that the quantizer keeps beside this parameter. */
  StateArrays quantizerState() {
    return quantizerState;
  }

  /** Returns those of the quantizer's arrays that the optimizer updates. */
  List<LearnedArray> learnedArrays() {
    return learnedArrays;
  }

  /** Returns the elements of {@link #netWeights}, the same memory. */
  FloatBuffer netWeightFloats() {
    return values;
  }

  /** Returns the sum of the gradient's squares; not finite if, and only if, the gradient is not. */
  double gradientSquares() {
    return FloatScan.sumOfSquares(gradient);
  }

  boolean isFinite() {
    for (StateArray array : quantizerState.declared()) {
      if (!FloatScan.allFinite(Tensors.floats(quantizerState.values(array.name())))) {
        return false;
      }
    }
    return FloatScan.allFinite(Tensors.floats(trainedWeights()));
  }

  /** Counts how many of the net's weights have another value than at the last call. */
  void countMoves() {
    if (previousValues != null) {
      moves += FloatScan.countChangesAndCopy(previousValues, values);
    }
  }

  /** Starts counting moves from the net's weights as they are now. */
  void forgetMoves() {
    countMoves();
    moves = 0;
  }

  /** Returns whether the net's weights are others than those of the coming update. */
  boolean shipsOtherWeights() {
    if (latent == null) {
      return average != null && average.differs();
    }
    return previousValues != null && values.mismatch(previousValues) >= 0;
  }

  /** Remembers the updated weights before they are rounded, where they are rounded in place. */
  void keepTentative() {
    if (tentative != null) {
      FloatScan.copy(values, tentative);
    }
  }

  /** Measures how far rounding has just moved the weights. */
  void measureRounding() {
    if (tentative != null) {
      roundingError = FloatScan.rootMeanSquareDistance(tentative, values);
    }
  }

  /**
   * Returns the root mean square of quantized minus unquantized weights, of the last measured
   * update.
   */
  double quantizationError() {
    return latent == null
        ? roundingError
        : FloatScan.rootMeanSquareDistance(values, Tensors.floats(latent));
  }

  /** Returns mean|w_b − w_r|, 0 where no latent weights are kept. */
  double latentGap() {
    return latent == null ? 0 : FloatScan.meanDistance(values, Tensors.floats(latent));
  }

  WeightDistribution distribution() {
    return WeightScan.of(Tensors.floats(trainedWeights()), values);
  }

  long moves() {
    return moves;
  }

  public ParameterProgress progress() {
    return new ParameterProgress(moves, roundingError);
  }

  public void restore(ParameterProgress progress) {
    moves = progress.moves();
    roundingError = progress.roundingError();
  }
}
