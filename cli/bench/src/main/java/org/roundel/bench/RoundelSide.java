package org.roundel.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Tensors;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.Buffer;
import org.roundel.api.model.Model;
import org.roundel.api.model.Parameter;
import org.roundel.api.model.ParameterPlace;
import org.roundel.api.optimizer.Optimizer;
import org.roundel.api.optimizer.UpdateContext;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.api.training.Moment;
import org.roundel.api.training.StateArrays;
import org.roundel.core.config.ParameterSelector;
import org.roundel.core.config.RunSettings;
import org.roundel.core.natives.ComputeThreads;

/**
 * Roundel: the plugins' model, quantizer and Adam, called as the training loop calls them. The
 * loop's search for numbers that are not finite and its statistics are left out, as the other sides
 * have none.
 */
final class RoundelSide implements Side {
  private static final long SEED = 1;
  private static final int ALL_PROCESSORS = 0;

  private final String name;
  private final Model model;
  private final Quantizer quantizer;
  private final Optimizer optimizer;
  private final Batch batch;
  private final double learningRate;
  private final List<Trained> trained = new ArrayList<>();
  private long step;

  /** Makes a side with fresh weights; all sides of the same task start from the same. */
  RoundelSide(Contestant contestant, Task task) {
    ComputeThreads.set(ALL_PROCESSORS);
    Images images = task.images();
    this.learningRate = task.learningRate();
    this.name = contestant.toString();
    this.model = Plugins.model(task.net(), contestant.options(), images, SEED);
    this.quantizer = Plugins.quantizer(task.method().quantizer(), Map.of());
    this.optimizer = Plugins.optimizer("adam");
    this.batch =
        new Batch(
            Nd4j.createFromArray(images.pixels()).reshape('c', images.batchShape()),
            images.labels());
    boolean quantizes = quantizer.keepsLatentWeights() || quantizer.levels().length > 0;
    List<Parameter> parameters = model.parameters();
    boolean[] selected =
        ParameterSelector.of(RunSettings.QUANTIZE.defaultText()).select(parameters);
    List<ParameterPlace> places = ParameterPlace.of(parameters);
    for (int index = 0; index < selected.length; index++) {
      trained.add(
          new Trained(
              index, parameters.get(index), places.get(index), quantizes && selected[index]));
    }
    for (Trained parameter : trained) {
      if (parameter.quantized) {
        quantizer.initialize(parameter.trainedWeights(), parameter.context(Hook.INITIALIZE));
      }
    }
    step = 1;
    quantize();
    step = 0;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double train() {
    step++;
    quantize();
    double loss =
        model.computeGradients(batch, RandomSource.of(SEED, RandomPurpose.MODEL, step)).loss();
    for (Trained parameter : trained) {
      parameter.update();
    }
    return loss;
  }

  @Override
  public double infer() {
    return model.evaluate(batch).loss();
  }

  @Override
  public float[] gradient(String parameter) {
    for (Trained candidate : trained) {
      if (candidate.parameter.name().equals(parameter)) {
        return copy(candidate.parameter.gradient());
      }
    }
    throw new IllegalArgumentException(name + " has no parameter " + parameter);
  }

  /** Returns the weights that the net computes with, by name, in the model's order. */
  Map<String, float[]> weights() {
    Map<String, float[]> weights = new LinkedHashMap<>();
    trained.forEach(
        parameter -> weights.put(parameter.parameter.name(), copy(parameter.parameter.values())));
    return weights;
  }

  /** Returns the trained weights of the quantized parameters, by name. */
  Map<String, float[]> quantizedWeights() {
    Map<String, float[]> weights = new LinkedHashMap<>();
    for (Trained parameter : trained) {
      if (parameter.quantized) {
        weights.put(parameter.parameter.name(), copy(parameter.trainedWeights()));
      }
    }
    return weights;
  }

  /** Returns the running statistics, by name. */
  Map<String, float[]> buffers() {
    Map<String, float[]> buffers = new LinkedHashMap<>();
    model.buffers().forEach(buffer -> buffers.put(buffer.name(), copy(buffer.values())));
    return buffers;
  }

  /** Sets the running statistics. */
  void setBuffers(Map<String, float[]> values) {
    for (Buffer buffer : model.buffers()) {
      float[] source = values.get(buffer.name());
      if (source == null) {
        throw new InvalidInputException("no values for the running statistics " + buffer.name());
      }
      Tensors.floats(buffer.values()).put(source);
    }
  }

  @Override
  public void close() {
    model.close();
  }

  private void quantize() {
    for (Trained parameter : trained) {
      if (parameter.latent != null) {
        quantizer.quantize(
            parameter.latent, parameter.parameter.values(), parameter.context(Hook.QUANTIZE));
      }
    }
  }

  private static float[] copy(INDArray array) {
    float[] copy = new float[Math.toIntExact(array.length())];
    Tensors.floats(array).get(copy);
    return copy;
  }

  /** A parameter with its latent weights and optimizer state. */
  private final class Trained {
    private final int index;
    private final Parameter parameter;
    private final boolean quantized;
    private final @Nullable INDArray latent;
    private final ParameterPlace place;
    private final StateArrays state;

    Trained(int index, Parameter parameter, ParameterPlace place, boolean quantized) {
      this.index = index;
      this.parameter = parameter;
      this.place = place;
      this.quantized = quantized;
      this.latent =
          quantized && quantizer.keepsLatentWeights() ? parameter.values().dup('c') : null;
      this.state = StateArrays.allocate(optimizer.stateArrays(), parameter.values().shape());
    }

    /** Returns the latent weights where they are kept, else the net's. */
    INDArray trainedWeights() {
      return latent == null ? parameter.values() : latent;
    }

    void update() {
      if (quantized) {
        quantizer.gradient(trainedWeights(), parameter.gradient(), context(Hook.GRADIENT));
      }
      optimizer.update(
          trainedWeights(), parameter.gradient(), new UpdateContext(place, state, moment()));
      if (quantized) {
        quantizer.afterUpdate(trainedWeights(), context(Hook.AFTER_UPDATE));
      }
    }

    QuantizationContext context(Hook hook) {
      RandomSource random =
          RandomSource.of(SEED, RandomPurpose.QUANTIZE, step)
              .forTensor(index * Hook.COUNT + hook.code);
      return new QuantizationContext(place, StateArrays.none(), moment(), false, random);
    }

    private Moment moment() {
      return new Moment(step, step == 0 ? 0 : 1, 0, learningRate, 1);
    }
  }

  /** A quantizer's hooks; each has random numbers of its own. */
  private enum Hook {
    INITIALIZE(0),
    QUANTIZE(1),
    GRADIENT(2),
    AFTER_UPDATE(3);

    static final int COUNT = 4;

    private final int code;

    Hook(int code) {
      this.code = code;
    }
  }
}
