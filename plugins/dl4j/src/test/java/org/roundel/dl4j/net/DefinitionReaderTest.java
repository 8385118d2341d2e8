package org.roundel.dl4j.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Options;
import org.roundel.api.model.InputShape;
import org.roundel.api.model.ModelRequest;
import org.roundel.dl4j.Fixtures;
import org.roundel.dl4j.Layers;
import org.roundel.dl4j.RandomGraph;
import org.roundel.dl4j.ToyNetFactory;

class DefinitionReaderTest {
  private static final InputShape INPUT = new InputShape(3, 8, 8);

  record Refused(String message, Layer layer) {}

  static List<Refused> refusedLayers() {
    return List.of(
        new Refused(
            "layer 'x' (DepthwiseConvolution2D) cannot be run: the layers that may have weights"
                + " are ConvolutionLayer, DenseLayer, OutputLayer and BatchNormalization",
            new DepthwiseConvolution2D.Builder(3, 3).build()),
        new Refused(
            "layer 'x' (PReLULayer) cannot be run: the layers that may have weights are"
                + " ConvolutionLayer, DenseLayer, OutputLayer and BatchNormalization",
            new PReLULayer.Builder().inputShape(3, 8, 8).build()),
        new Refused(
            "layer 'x' (ConvolutionLayer) cannot be run: its window of 9x9 does not fit what it"
                + " gets, 8x8 with padding 0x0; use larger images or a net that shrinks them less",
            new ConvolutionLayer.Builder(9, 9).nOut(2).build()),
        new Refused(
            "layer 'x' (SubsamplingLayer) cannot be run: its window of 9x9 does not fit what it"
                + " gets, 8x8 with padding 0x0; use larger images or a net that shrinks them less",
            Layers.maxPooling(9, 1, 0)),
        new Refused(
            "layer 'x' (DenseLayer) cannot be run: nIn is 4 but it gets 192"
                + " (InputTypeFeedForward(192)); leave nIn out",
            new DenseLayer.Builder().nIn(4).nOut(2).build()),
        new Refused(
            "layer 'x' (DenseLayer) cannot be run: l1, l2 and weight decay are the optimizer's"
                + " task: remove them and set its weight-decay option",
            new DenseLayer.Builder().nOut(2).l2(0.1).build()),
        new Refused(
            "layer 'x' (DenseLayer) cannot be run: gradient normalization is not supported:"
                + " remove it",
            new DenseLayer.Builder()
                .nOut(2)
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .build()),
        new Refused(
            "layer 'x' (DenseLayer) cannot be run: constraints on weights are a quantizer's task:"
                + " remove them",
            new DenseLayer.Builder().nOut(2).constrainWeights(new MaxNormConstraint(1, 1)).build()),
        new Refused(
            "layer 'x' (DenseLayer) cannot be run: layer normalization is not supported: remove it",
            new DenseLayer.Builder().nOut(2).hasLayerNorm(true).build()),
        new Refused(
            "layer 'x' (BatchNormalization) cannot be run: its data format is NHWC; Roundel's"
                + " images are NCHW",
            new BatchNormalization.Builder().nIn(3).nOut(3).dataFormat(CNN2DFormat.NHWC).build()),
        new Refused(
            "layer 'x' (OutputLayer) cannot be run: only the net's output may be an OutputLayer",
            Layers.classifier(2)));
  }

  @ParameterizedTest
  @MethodSource("refusedLayers")
  void refusesALayerByName(Refused refused) {
    ComputationGraphConfiguration graph =
        Layers.graph()
            .addLayer("x", refused.layer(), "images")
            .addLayer("output", Layers.classifier(2), "x")
            .setOutputs("output")
            .build();
    assertThatThrownBy(() -> new DefinitionReader(graph, INPUT, 2).read())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(refused.message());
  }

  @Test
  void refusesImagesOfAnotherShapeThanTheNetSays() {
    MultiLayerConfiguration stack =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(new ConvolutionLayer.Builder(3, 3).nOut(4).build())
            .layer(Layers.classifier(2))
            .setInputType(InputType.convolutionalFlat(28, 28, 1))
            .build();
    assertThatThrownBy(() -> new DefinitionReader(LayerStack.toGraph(stack), INPUT, 2).read())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "layer 'layer0' takes images of 1x28x28 but the dataset's are 3x8x8; leave the input"
                + " type out, or make it the request's");
  }

  static List<List<String>> namesInAStack() {
    return List.of(List.of("conv", "conv"), List.of("layer1", ""));
  }

  @ParameterizedTest
  @MethodSource("namesInAStack")
  void refusesAStackWithTwoLayersOfOneName(List<String> names) {
    NeuralNetConfiguration.ListBuilder stack = new NeuralNetConfiguration.Builder().list();
    for (String name : names) {
      Layer layer = Layers.convolution(2, 3, 1);
      layer.setLayerName(name.isEmpty() ? null : name);
      stack.layer(layer);
    }
    MultiLayerConfiguration net = stack.layer(Layers.classifier(2)).build();
    assertThatThrownBy(() -> LayerStack.toGraph(net))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "layers 0 and 1 of the stack, counted from 0, are both called '"
                + names.get(0)
                + "'; names stand in checkpoints, so give each layer its own");
  }

  @Test
  void aStacksLayerMayBeCalledAsTheInputUsuallyIs() {
    Layer layer = Layers.convolution(2, 3, 1);
    layer.setLayerName("images");
    MultiLayerConfiguration net =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(layer)
            .layer(Layers.classifier(2))
            .build();
    assertThat(new DefinitionReader(LayerStack.toGraph(net), INPUT, 2).read().parameters())
        .extracting(TensorSpec::name)
        .containsExactly("images/weight", "layer1/weight", "layer1/bias");
  }

  /** DL4J's builder refuses it, reading JSON does not. */
  @Test
  void refusesALayerWithTheNameOfTheInput() {
    String json =
        Layers.graph()
            .addLayer("conv", Layers.convolution(2, 3, 1), "images")
            .addLayer("output", Layers.classifier(2), "conv")
            .setOutputs("output")
            .build()
            .toJson()
            .replace("\"conv\"", "\"images\"");
    ComputationGraphConfiguration graph = ComputationGraphConfiguration.fromJson(json);
    assertThatThrownBy(() -> new DefinitionReader(graph, INPUT, 2).read())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("layer 'images' has the name of the net's input; give it another name");
  }

  @Test
  void refusesAnOutputThatIsNoLayer() {
    ComputationGraphConfiguration graph =
        Layers.graph()
            .addLayer("one", Layers.linear(2, true), "images")
            .addLayer("two", Layers.linear(2, true), "images")
            .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "one", "two")
            .setOutputs("sum")
            .build();
    assertThatThrownBy(() -> new DefinitionReader(graph, INPUT, 2).read())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "the net's output 'sum' is no layer but a vertex of type ElementWiseVertex; the net's"
                + " output must be an OutputLayer");
  }

  @Test
  void refusesRecurrentNets() {
    ComputationGraphConfiguration graph =
        Layers.graph()
            .addLayer("memory", new LSTM.Builder().nIn(3).nOut(4).build(), "images")
            .addLayer("output", Layers.classifier(2), "memory")
            .setOutputs("output")
            .build();
    assertThatThrownBy(() -> new DefinitionReader(graph, INPUT, 2).read())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("memory");
  }

  @Test
  void refusesOtherOutputs() {
    Layer relu =
        new OutputLayer.Builder(LossFunction.MSE).nOut(2).activation(Activation.RELU).build();
    ComputationGraphConfiguration graph = output(Layers.graph(), "images", relu);
    assertThatThrownBy(() -> new DefinitionReader(graph, INPUT, 2).read())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "layer 'output' (OutputLayer) cannot be run: it has activation relu and loss"
                + " LossMSE(); Roundel trains classifiers: use Activation.SOFTMAX and"
                + " LossFunction.MCXENT without weights, or Activation.IDENTITY and"
                + " LossFunction.SQUARED_HINGE");
    ComputationGraphConfiguration dense = output(Layers.graph(), "images", Layers.linear(2, true));
    assertThatThrownBy(() -> new DefinitionReader(dense, INPUT, 2).read())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "layer 'output' (DenseLayer) cannot be run: the net's output must be an OutputLayer");
    ComputationGraphConfiguration tooMany = output(Layers.graph(), "images", Layers.classifier(5));
    assertThatThrownBy(() -> new DefinitionReader(tooMany, INPUT, 2).read())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "output layer 'output' has 5 outputs but the dataset has 2 classes; set nOut to the"
                + " request's number of classes");
  }

  @Test
  void refusesSeveralInputsOrOutputs() {
    ComputationGraphConfiguration twoInputs =
        output(
            Layers.graph()
                .addInputs("more")
                .addVertex(
                    "add", new ElementWiseVertex(ElementWiseVertex.Op.Add), "images", "more"),
            "add",
            Layers.classifier(2));
    assertThatThrownBy(() -> new DefinitionReader(twoInputs, INPUT, 2).read())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("the net has inputs [images, more]; Roundel runs nets with exactly one input");
    ComputationGraphConfiguration twoOutputs =
        Layers.graph()
            .addLayer("a", Layers.classifier(2), "images")
            .addLayer("b", Layers.classifier(2), "images")
            .setOutputs("a", "b")
            .build();
    assertThatThrownBy(() -> new DefinitionReader(twoOutputs, INPUT, 2).read())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("the net has outputs [a, b]; Roundel runs nets with exactly one output");
  }

  @Test
  void refusesNamesThatDoNotFitCheckpoints() {
    ComputationGraphConfiguration graph =
        Layers.graph()
            .addLayer("first layer", Layers.relu(), "images")
            .addLayer("output", Layers.classifier(2), "first layer")
            .setOutputs("output")
            .build();
    assertThatThrownBy(() -> new DefinitionReader(graph, INPUT, 2).read())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "layer 'first layer' (ActivationLayer) cannot be run: its name is part of checkpoints"
                + " and must match ");
  }

  @Test
  void theFactorySaysWhichModelAndForWhat() {
    ToyNetFactory factory = new ToyNetFactory();
    ModelRequest request =
        new ModelRequest(
            "toy-net",
            new InputShape(1, 2, 2),
            2,
            4,
            Options.defaults(factory.options()),
            Fixtures.random(1));
    assertThatThrownBy(() -> factory.create(request))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "model 'toy-net' cannot be made for images of 1x2x2 and 2 classes: layer 'conv'"
                + " (ConvolutionLayer) cannot be run: its window of 3x3 does not fit what it gets,"
                + " 2x2 with padding 0x0; use larger images or a net that shrinks them less");
  }

  @Test
  void leavesTheConfigurationAlone() {
    ComputationGraphConfiguration graph = RandomGraph.of(1, 4);
    String before = graph.toJson();
    new DefinitionReader(graph, INPUT, 4).read();
    assertThat(graph.toJson()).isEqualTo(before);
  }

  private static ComputationGraphConfiguration output(
      GraphBuilder graph, String last, Layer layer) {
    return graph.addLayer("output", layer, last).setOutputs("output").build();
  }
}
