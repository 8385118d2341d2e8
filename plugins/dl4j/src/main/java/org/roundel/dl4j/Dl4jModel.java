package org.roundel.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.BatchResult;
import org.roundel.api.model.Buffer;
import org.roundel.api.model.InputShape;
import org.roundel.api.model.LayerDescription;
import org.roundel.api.model.Model;
import org.roundel.api.model.ModelRequest;
import org.roundel.api.model.Parameter;
import org.roundel.api.model.PassTime;
import org.roundel.api.net.NetGraph;
import org.roundel.api.random.RandomSource;
import org.roundel.dl4j.net.DefinitionReader;
import org.roundel.dl4j.net.InitialWeights;
import org.roundel.dl4j.net.LayerStack;
import org.roundel.dl4j.net.NetDefinition;
import org.roundel.dl4j.net.NetExecutor;
import org.roundel.dl4j.net.NetLayers;
import org.roundel.dl4j.net.TensorSpec;
import org.roundel.dl4j.program.NeutralGraph;
import org.roundel.onednn.net.Wishes;

/**
 * A model made from a DL4J configuration.
 *
 * <p>The configuration says what the net is; training is Roundel's, so the updater, learning rate,
 * weight initialisation and seed in it are not used. The net has one input, the images as [size,
 * channels, height, width], and one output, an {@code OutputLayer} with softmax and cross-entropy
 * ({@code MCXENT} or {@code NEGATIVELOGLIKELIHOOD}), or with identity and {@code SQUARED_HINGE}.
 * Convolution, dense and batch normalisation layers may have weights; layers and vertices without
 * weights are welcome if they have one input and output type of images or rows. Anything else is
 * refused with a message that names the layer.
 *
 * <p>The net runs as a program compiled to oneDNN. Where a platform has no oneDNN, or a layer has
 * no counterpart in it, DL4J runs the whole net, several times slower, and a warning names the
 * layer. Where DL4J is known to be wrong (the gradient of ELU with an α other than 1) the program
 * is right.
 *
 * <p>Initial weights are He normal (He, Zhang, Ren, Sun, "Delving Deep into Rectifiers", 2015):
 * normal with mean 0 and variance 2 / fan-in; biases and shifts 0, scales 1, running mean 0 and
 * variance 1. Parameters are named after their layers, as in {@code conv1/weight}.
 */
public final class Dl4jModel implements Model {
  private final InputShape input;
  private final int classes;
  private final int batchSize;
  private final NetExecutor executor;
  private final List<Parameter> parameters;
  private final List<Buffer> buffers;
  private final List<LayerDescription> layers;
  private final NetDefinition definition;

  private Dl4jModel(ModelRequest request, NetDefinition definition, NetExecutor executor) {
    this.input = request.input();
    this.classes = request.classes();
    this.batchSize = request.batchSize();
    this.executor = executor;
    List<Parameter> trained = new ArrayList<>();
    for (TensorSpec spec : definition.parameters()) {
      trained.add(
          new Parameter(
              spec.name(),
              Objects.requireNonNull(spec.kind().role()),
              spec.view(executor.values()),
              spec.view(executor.gradients())));
    }
    List<Buffer> state = new ArrayList<>();
    for (TensorSpec spec : definition.buffers()) {
      state.add(new Buffer(spec.name(), spec.view(executor.values())));
    }
    this.parameters = List.copyOf(trained);
    this.buffers = List.copyOf(state);
    this.layers = NetLayers.of(definition, request.input());
    this.definition = definition;
  }

  /**
   * Makes a model from a graph configuration.
   *
   * @param configuration the net; not changed and not kept
   * @param request what the model is for
   * @throws org.roundel.api.InvalidInputException if the net cannot be run; the message names the
   *     layer and why
   */
  public static Dl4jModel of(ComputationGraphConfiguration configuration, ModelRequest request) {
    return of(configuration, request, Engine.AUTO, Wishes.NONE);
  }

  /**
   * Makes a model from a stack of layers; layers without a name are called {@code layer0}, {@code
   * layer1} and so on.
   *
   * @param configuration the net; not changed and not kept
   * @param request what the model is for
   * @throws org.roundel.api.InvalidInputException if the net cannot be run; the message names the
   *     layer and why
   */
  public static Dl4jModel of(MultiLayerConfiguration configuration, ModelRequest request) {
    return of(LayerStack.toGraph(configuration), request);
  }

  static Dl4jModel of(
      ComputationGraphConfiguration configuration,
      ModelRequest request,
      Engine engine,
      Wishes wishes) {
    NetDefinition definition =
        new DefinitionReader(configuration, request.input(), request.classes()).read();
    NetExecutor executor = engine.open(definition, request, wishes);
    Dl4jModel model = new Dl4jModel(request, definition, executor);
    InitialWeights.write(definition, executor.values(), request.random());
    return model;
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }

  @Override
  public List<Buffer> buffers() {
    return buffers;
  }

  @Override
  public BatchResult computeGradients(Batch batch, RandomSource random) {
    check(batch);
    INDArray targets = batch.targets();
    if (targets != null) {
      checkTargets(targets);
    }
    return executor.train(batch.images(), batch.labels(), targets, random);
  }

  private void checkTargets(INDArray targets) {
    if (!takesTargets() || targets.size(1) != classes) {
      throw new IllegalArgumentException(
          "targets of shape "
              + Arrays.toString(targets.shape())
              + " for a net of "
              + classes
              + " classes whose loss "
              + (takesTargets() ? "takes them" : "goes by labels only"));
    }
  }

  @Override
  public boolean takesTargets() {
    return definition.hasSoftmax();
  }

  @Override
  public void estimateBuffers(Batch batch, long imagesBefore, RandomSource random) {
    check(batch);
    executor.estimateStatistics(batch.images(), imagesBefore, random);
  }

  @Override
  public BatchResult evaluate(Batch batch) {
    check(batch);
    return executor.evaluate(batch.images(), batch.labels());
  }

  @Override
  public BatchResult evaluate(Batch batch, INDArray scores) {
    check(batch);
    check(batch.images(), scores);
    return executor.evaluate(batch.images(), batch.labels(), scores);
  }

  @Override
  public void predict(INDArray images, INDArray scores) {
    check(images);
    check(images, scores);
    executor.predict(images, scores);
  }

  private void check(INDArray images, INDArray scores) {
    if (scores.rank() != 2 || scores.size(0) != images.size(0) || scores.size(1) != classes) {
      throw new IllegalArgumentException(
          "scores of "
              + images.size(0)
              + " images and "
              + classes
              + " classes do not fit "
              + Arrays.toString(scores.shape()));
    }
  }

  @Override
  public List<LayerDescription> layers() {
    return layers;
  }

  @Override
  public NetGraph graph() {
    return NeutralGraph.of(definition, input);
  }

  @Override
  public String engine() {
    return executor.engine();
  }

  @Override
  public List<PassTime> profile(Batch batch, RandomSource random, int runs) {
    check(batch);
    return executor.profile(batch.images(), batch.labels(), random, runs);
  }

  @Override
  public void close() {
    executor.close();
  }

  private void check(INDArray images) {
    long[] shape = images.shape();
    if (shape.length != 4
        || shape[0] > batchSize
        || shape[1] != input.channels()
        || shape[2] != input.height()
        || shape[3] != input.width()) {
      throw new IllegalArgumentException(
          "the model was made for batches of at most "
              + batchSize
              + " images "
              + input
              + " but was given "
              + Arrays.toString(shape));
    }
  }

  private void check(Batch batch) {
    check(batch.images());
    for (int label : batch.labels()) {
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException(
            "label " + label + " in a batch; allowed: 0 to " + (classes - 1));
      }
    }
  }
}
