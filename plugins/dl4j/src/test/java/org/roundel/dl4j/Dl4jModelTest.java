package org.roundel.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.roundel.api.Options;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.BatchResult;
import org.roundel.api.model.InputShape;
import org.roundel.api.model.Model;
import org.roundel.api.model.ModelRequest;
import org.roundel.api.model.Parameter;
import org.roundel.api.model.ParameterRole;
import org.roundel.dl4j.net.DefinitionReader;
import org.roundel.dl4j.net.LayerStack;
import org.roundel.dl4j.net.NetDefinition;
import org.roundel.dl4j.net.TensorKind;
import org.roundel.dl4j.net.TensorSpec;
import org.roundel.onednn.net.Wishes;

class Dl4jModelTest {
  private static final InputShape INPUT = new InputShape(2, 6, 6);

  @Test
  void namesRolesAndShapesFollowTheLayers() {
    try (Model model = Dl4jModel.of(net(), Fixtures.request(INPUT, 3, 4))) {
      assertThat(model.parameters())
          .extracting(Parameter::name)
          .containsExactly(
              "conv/weight", "norm/gamma", "norm/beta", "linear/weight", "linear/bias");
      assertThat(model.parameters())
          .extracting(Parameter::role)
          .containsExactly(
              ParameterRole.CONVOLUTION_WEIGHT,
              ParameterRole.NORMALISATION,
              ParameterRole.NORMALISATION,
              ParameterRole.LINEAR_WEIGHT,
              ParameterRole.BIAS);
      assertThat(model.parameters().get(0).values().shape()).containsExactly(5, 2, 3, 3);
      assertThat(model.parameters().get(3).values().shape()).containsExactly(3, 180);
      assertThat(model.buffers())
          .extracting(org.roundel.api.model.Buffer::name)
          .containsExactly("norm/running-mean", "norm/running-variance");
    }
  }

  /** What the views show must be what DL4J computes with: linear weights are [outputs, inputs]. */
  @Test
  void linearWeightsAreOutputsByInputs() {
    InputShape input = new InputShape(1, 1, 3);
    MultiLayerConfiguration stack =
        new NeuralNetConfiguration.Builder().list().layer(Layers.classifier(2)).build();
    try (Model model = Dl4jModel.of(stack, Fixtures.request(input, 2, 1))) {
      assertThat(model.parameters()).extracting(Parameter::name).contains("layer0/weight");
      model
          .parameters()
          .get(0)
          .values()
          .assign(Nd4j.createFromArray(new float[][] {{1, 2, 3}, {0, 0, 0}}));
      INDArray image = Nd4j.createFromArray(1f, 0.1f, 0.01f).reshape(1, 1, 1, 3);
      // Logits 1.23 and 0.
      double expected = Math.log(1 + Math.exp(-1.23));
      assertThat(model.evaluate(new Batch(image, new int[] {0})).loss())
          .isCloseTo(expected, within(1e-6));
      model.computeGradients(new Batch(image, new int[] {0}), Fixtures.random(0));
      double probability = 1 / (1 + Math.exp(1.23));
      assertThat(model.parameters().get(0).gradient().getDouble(1, 0))
          .isCloseTo(probability, within(1e-6));
      assertThat(model.parameters().get(0).gradient().getDouble(0, 1))
          .isCloseTo(-0.1 * probability, within(1e-6));
    }
  }

  @Test
  void runningStatisticsFollowTheMovingAverage() {
    MultiLayerConfiguration stack =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(Layers.normalization())
            .layer(Layers.classifier(2))
            .setInputType(org.deeplearning4j.nn.conf.inputs.InputType.convolutional(1, 2, 1))
            .build();
    for (Engine engine : Engine.values()) {
      ModelRequest request = Fixtures.request(new InputShape(1, 1, 2), 2, 2);
      try (Model model = Dl4jModel.of(LayerStack.toGraph(stack), request, engine, Wishes.NONE)) {
        // Mean 5, unbiased variance 20/3.
        INDArray images = Nd4j.createFromArray(2f, 4f, 6f, 8f).reshape(2, 1, 1, 2);
        model.computeGradients(new Batch(images, new int[] {0, 1}), Fixtures.random(0));
        assertThat(model.buffers().get(0).values().getDouble(0)).isCloseTo(0.5, within(1e-6));
        assertThat(model.buffers().get(1).values().getDouble(0))
            .isCloseTo(0.9 + 2 / 3.0, within(1e-6));
        model.computeGradients(new Batch(images, new int[] {0, 1}), Fixtures.random(0));
        assertThat(model.buffers().get(0).values().getDouble(0)).isCloseTo(0.95, within(1e-6));
        assertThat(model.buffers().get(1).values().getDouble(0))
            .isCloseTo(0.81 + 1.9 * 2 / 3.0, within(1e-6));
      }
    }
  }

  /** What PyTorch 2 gives for the same batch, from 0 and 1 with its momentum 0.1. */
  @ParameterizedTest
  @EnumSource(Engine.class)
  void oneStepMovesTheRunningStatisticsAsInPyTorch(Engine engine) {
    float[][] images = {{1, 2}, {3, 6}, {5, 10}, {7, -2}};
    for (boolean rectified : new boolean[] {false, true}) {
      try (Model model = normalized(engine, 1, 1, rectified)) {
        INDArray pixels = Nd4j.createFromArray(images).reshape(4, 2, 1, 1);
        model.computeGradients(new Batch(pixels, new int[] {0, 1, 0, 1}), Fixtures.random(0));
        assertThat(model.buffers().get(0).values().toDoubleVector())
            .containsExactly(new double[] {0.4, 0.4}, within(1e-6));
        assertThat(model.buffers().get(1).values().toDoubleVector())
            .containsExactly(new double[] {0.9 + 2 / 3.0, 0.9 + 8 / 3.0}, within(1e-6));
      }
    }
  }

  /** PyTorch refuses such a batch; a run's last batch may be one image, so here it is none. */
  @ParameterizedTest
  @EnumSource(Engine.class)
  void oneValueOfAChannelLeavesTheRunningVarianceAsItIs(Engine engine) {
    try (Model model = normalized(engine, 1, 1, false)) {
      INDArray image = Nd4j.createFromArray(3f, -5f).reshape(1, 2, 1, 1);
      Batch batch = new Batch(image, new int[] {1});
      assertThat(model.computeGradients(batch, Fixtures.random(0)).loss()).isFinite();
      assertThat(model.buffers().get(0).values().toDoubleVector())
          .containsExactly(new double[] {0.3, -0.5}, within(1e-6));
      assertThat(model.buffers().get(1).values().toDoubleVector()).containsExactly(1, 1);
      model.estimateBuffers(batch, 0, Fixtures.random(0));
      assertThat(model.buffers().get(0).values().toDoubleVector()).containsExactly(3, -5);
      assertThat(model.buffers().get(1).values().toDoubleVector()).containsExactly(1, 1);
    }
  }

  /** In the first layer they are the images' own: a closed form, computed here in double. */
  @ParameterizedTest
  @EnumSource(Engine.class)
  void estimatedStatisticsAreThoseOfAllImagesTogether(Engine engine) {
    int[] sizes = {4, 1, 3, 4};
    try (Model model = normalized(engine, 3, 2, true)) {
      model.buffers().forEach(buffer -> buffer.values().assign(77));
      List<INDArray> batches = new ArrayList<>();
      long before = 0;
      for (int index = 0; index < sizes.length; index++) {
        INDArray images =
            Fixtures.normal(DataType.FLOAT, 20 + index, sizes[index], 2, 3, 2).muli(3).addi(index);
        batches.add(images);
        model.estimateBuffers(
            new Batch(images, Fixtures.labels(sizes[index], 2)), before, Fixtures.random(index));
        before += sizes[index];
      }
      INDArray all = Nd4j.concat(0, batches.toArray(new INDArray[0])).castTo(DataType.DOUBLE);
      for (int channel = 0; channel < 2; channel++) {
        double[] values =
            all.get(NDArrayIndex.all(), NDArrayIndex.point(channel)).dup().ravel().toDoubleVector();
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values).map(value -> Math.pow(value - mean, 2)).sum();
        assertThat(values).hasSize(12 * 6);
        assertThat(model.buffers().get(0).values().getDouble(channel))
            .isCloseTo(mean, within(1e-5));
        assertThat(model.buffers().get(1).values().getDouble(channel))
            .isCloseTo(squares / (values.length - 1), within(1e-4));
      }
    }
  }

  private static Model normalized(Engine engine, int height, int width, boolean rectified) {
    ComputationGraphConfiguration net =
        Layers.graph()
            .addLayer("norm", Layers.normalization(), "images")
            .addLayer("relu", rectified ? Layers.relu() : new DropoutLayer(1.0), "norm")
            .addLayer("linear", Layers.classifier(2), "relu")
            .setOutputs("linear")
            .build();
    ModelRequest request = Fixtures.request(new InputShape(2, height, width), 2, 4);
    return Dl4jModel.of(net, request, engine, Wishes.NONE);
  }

  /** The variance of n He normal weights is 2 / fan-in, within 5 standard errors √(2/n). */
  @Test
  void initialWeightsAreHeNormal() {
    int outputs = 400;
    MultiLayerConfiguration stack =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(new DenseLayer.Builder().nOut(outputs).activation(Activation.RELU).build())
            .layer(Layers.classifier(2))
            .setInputType(org.deeplearning4j.nn.conf.inputs.InputType.convolutional(5, 5, 2))
            .build();
    try (Model model = Dl4jModel.of(stack, Fixtures.request(new InputShape(2, 5, 5), 2, 2))) {
      INDArray weights = model.parameters().get(0).values();
      double number = weights.length();
      double mean = weights.meanNumber().doubleValue();
      double variance = weights.mul(weights).meanNumber().doubleValue();
      assertThat(number).isEqualTo(50.0 * outputs);
      assertThat(mean).isCloseTo(0, within(5 * Math.sqrt(0.04 / number)));
      assertThat(variance).isCloseTo(0.04, within(5 * 0.04 * Math.sqrt(2 / number)));
      assertThat(model.parameters().get(1).values().amaxNumber().doubleValue()).isZero();
    }
  }

  @Test
  void noiseFollowsTheRandomSourceAlone() {
    ModelRequest request = toyRequest();
    Batch batch = batch(4);
    try (Model model = new ToyNetFactory().create(request)) {
      BatchResult first = model.computeGradients(batch, Fixtures.random(1));
      INDArray gradient = model.parameters().get(0).gradient().dup();
      BatchResult other = model.computeGradients(batch, Fixtures.random(2));
      assertThat(other.loss()).isNotEqualTo(first.loss());
      Nd4j.getRandom().setSeed(77);
      assertThat(model.computeGradients(batch, Fixtures.random(1))).isEqualTo(first);
      assertThat(model.parameters().get(0).gradient()).isEqualTo(gradient);
    }
  }

  /** A graph's own initialisation would draw from ND4J's generator; the toolkit's does not. */
  @Test
  void netsWithoutNoiseDoNotTouchNd4jsRandomNumbers() {
    Nd4j.getRandom().setSeed(5);
    float expected = Nd4j.getRandom().nextFloat();
    Nd4j.getRandom().setSeed(5);
    try (Model model = Dl4jModel.of(net(), Fixtures.request(INPUT, 3, 4))) {
      model.computeGradients(batch(3), Fixtures.random(1));
      assertThat(Nd4j.getRandom().nextFloat()).isEqualTo(expected);
    }
  }

  @Test
  void refusesBatchesItWasNotMadeFor() {
    try (Model model = Dl4jModel.of(net(), Fixtures.request(INPUT, 3, 4))) {
      assertThatThrownBy(() -> model.evaluate(batch(5)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the model was made for batches of at most 4 images 2x6x6 but was given"
                  + " [5, 2, 6, 6]");
      Batch wrongLabel = new Batch(batch(1).images(), new int[] {3});
      assertThatThrownBy(() -> model.evaluate(wrongLabel))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("label 3 in a batch; allowed: 0 to 2");
    }
  }

  /** The layout that the definition works out must be DL4J's. */
  @Test
  void theLayoutIsDl4jsOwn() {
    NetDefinition definition = new DefinitionReader(RandomGraph.of(4, 3), INPUT, 3).read();
    ComputationGraph graph = new ComputationGraph(definition.configuration().clone());
    graph.init();
    assertThat(graph.numParams()).isEqualTo(definition.length());
    for (TensorSpec spec : definition.parameters()) {
      String key =
          switch (spec.kind()) {
            case CONVOLUTION_WEIGHT, LINEAR_WEIGHT -> "W";
            case BIAS -> "b";
            default -> spec.kind().suffix();
          };
      INDArray own = graph.getLayer(spec.layer()).getParam(key);
      assertThat(own.length()).as(spec.name()).isEqualTo(spec.length());
      assertThat(own.offset()).as(spec.name()).isEqualTo(spec.offset());
    }
    for (TensorSpec spec : definition.buffers()) {
      String key = spec.kind() == TensorKind.RUNNING_MEAN ? "mean" : "var";
      assertThat(graph.getLayer(spec.layer()).getParam(key).offset()).isEqualTo(spec.offset());
    }
    graph.close();
  }

  private static ComputationGraphConfiguration net() {
    return Layers.graph()
        .addLayer("conv", Layers.convolution(5, 3, 1), "images")
        .addLayer("norm", Layers.normalization(), "conv")
        .addLayer("relu", Layers.relu(), "norm")
        .addLayer("linear", Layers.classifier(3), "relu")
        .setOutputs("linear")
        .build();
  }

  private static ModelRequest toyRequest() {
    return new ModelRequest(
        "toy-net",
        INPUT,
        3,
        4,
        Options.defaults(List.copyOf(new ToyNetFactory().options())),
        Fixtures.random(1));
  }

  private static Batch batch(int size) {
    return new Batch(Fixtures.normal(DataType.FLOAT, 9, size, 2, 6, 6), Fixtures.labels(size, 3));
  }
}
