package org.roundel.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.roundel.api.InvalidInputException;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.InputShape;
import org.roundel.api.model.Model;
import org.roundel.api.model.ModelRequest;
import org.roundel.dl4j.net.LayerStack;
import org.roundel.onednn.net.Wishes;
import org.slf4j.LoggerFactory;

/** Which engine runs a net, and what is said about it. */
class EngineTest {
  private static final InputShape INPUT = new InputShape(2, 6, 6);
  private static final ModelRequest REQUEST = Fixtures.request(INPUT, 3, 4);

  private final Logger logger = (Logger) LoggerFactory.getLogger(Engine.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
  }

  static Stream<Arguments> untranslatable() {
    return Stream.of(
        Arguments.of(
            net(new LocalResponseNormalization.Builder().build()),
            "layer 'odd' (LocalResponseNormalization): it is not one of those that are compiled"),
        Arguments.of(
            net(
                new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.PNORM)
                    .pnorm(2)
                    .kernelSize(2, 2)
                    .build()),
            "layer 'odd' (SubsamplingLayer): its type is PNORM"),
        Arguments.of(
            net(
                new ConvolutionLayer.Builder(3, 3)
                    .nOut(2)
                    .activation(Activation.IDENTITY)
                    .weightNoise(new DropConnect(0.9))
                    .build()),
            "layer 'odd' (ConvolutionLayer): it has weight noise"),
        Arguments.of(
            Layers.graph()
                .addLayer("one", Layers.convolution(2, 3, 1), "images")
                .addLayer("two", Layers.convolution(3, 1, 1), "images")
                .addVertex("odd", new MergeVertex(), "one", "two")
                .addLayer("linear", Layers.classifier(3), "odd")
                .setOutputs("linear")
                .build(),
            "vertex 'odd' (MergeVertex): it is not one of those that are compiled"),
        Arguments.of(
            Layers.graph()
                .addLayer("hidden", Layers.linear(18, true), "images")
                .addLayer(
                    "odd",
                    Layers.convolution(2, 3, 1),
                    new FeedForwardToCnnPreProcessor(3, 3, 2),
                    "hidden")
                .addLayer("linear", Layers.classifier(3), "odd")
                .setOutputs("linear")
                .build(),
            "layer 'odd' (ConvolutionLayer): its input is reshaped by"
                + " FeedForwardToCnnPreProcessor"));
  }

  @ParameterizedTest
  @MethodSource("untranslatable")
  void oneDnnRefusesWhatItCannotCompile(ComputationGraphConfiguration net, String why) {
    assertThatThrownBy(() -> Dl4jModel.of(net, REQUEST, Engine.ONEDNN, Wishes.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "the net cannot be compiled: "
                + why
                + "; set engine=auto or engine=dl4j to let DL4J run it, several times slower");
    assertThat(log.list).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("untranslatable")
  void autoLetsDl4jRunItAndSaysSoOnce(ComputationGraphConfiguration net, String why) {
    try (Model model = Dl4jModel.of(net, REQUEST)) {
      trains(model);
    }
    assertThat(log.list).hasSize(1);
    assertThat(log.list.get(0).getLevel()).isEqualTo(Level.WARN);
    assertThat(log.list.get(0).getFormattedMessage())
        .isEqualTo(
            why + "; so DL4J runs the whole net, several times slower than a compiled program");
  }

  /** Engine ONEDNN refuses what it cannot compile, so being made is the proof. */
  @Test
  void usersOwnConfigurationsAreCompiled() {
    MultiLayerConfiguration stack =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(new ConvolutionLayer.Builder(3, 3).nOut(4).activation(Activation.RELU).build())
            .layer(Layers.maxPooling(2, 2, 0))
            .layer(Layers.classifier(3))
            .setInputType(InputType.convolutional(6, 6, 2))
            .build();
    ComputationGraphConfiguration fromStack = LayerStack.toGraph(stack);
    ComputationGraphConfiguration fromJson =
        ComputationGraphConfiguration.fromJson(fromStack.toJson());
    MultiLayerConfiguration stackFromJson = MultiLayerConfiguration.fromJson(stack.toJson());
    double[] losses = new double[3];
    int index = 0;
    for (ComputationGraphConfiguration net :
        new ComputationGraphConfiguration[] {
          fromStack, fromJson, LayerStack.toGraph(stackFromJson)
        }) {
      try (Model model = Dl4jModel.of(net, REQUEST, Engine.ONEDNN, Wishes.NONE)) {
        losses[index] = trains(model);
        index++;
      }
    }
    assertThat(losses).containsOnly(losses[0]);
    assertThat(log.list).isEmpty();
  }

  /** The images are images already, whatever a net's input type calls them; all losses agree. */
  @ParameterizedTest
  @MethodSource("inputTypes")
  void aStackOfLayersIsCompiledWhateverItsInputTypeSays(InputType type) {
    double[] losses = new double[2];
    for (Layer first : List.of(Layers.relu(), new DropoutLayer(1.0))) {
      int index = 0;
      for (InputType each : List.of(type, InputType.convolutional(6, 6, 2))) {
        MultiLayerConfiguration stack =
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(first.clone())
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(4).build())
                .layer(Layers.maxPooling(2, 2, 0))
                .layer(Layers.linear(5, true))
                .layer(Layers.classifier(3))
                .setInputType(each)
                .build();
        try (Model model =
            Dl4jModel.of(LayerStack.toGraph(stack), REQUEST, Engine.ONEDNN, Wishes.NONE)) {
          losses[index] = trains(model);
          index++;
        }
      }
      assertThat(losses[0]).isEqualTo(losses[1]);
    }
  }

  static List<InputType> inputTypes() {
    return List.of(
        InputType.convolutionalFlat(6, 6, 2), InputType.convolutional(6, 6, 2, CNN2DFormat.NCHW));
  }

  /** 2^30 images with 5 channels of 6×6 floats take more than 700 GB. */
  @Test
  void aBatchThatDoesNotFitMemoryIsRefused() {
    ModelRequest huge = Fixtures.request(INPUT, 3, 1 << 30);
    assertThatThrownBy(() -> Dl4jModel.of(net(Layers.relu()), huge, Engine.AUTO, Wishes.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageMatching(
            "a batch of 1073741824 images needs \\d+ MB of native memory for this net, and \\d+ MB"
                + " are free( under the limit of \\d+ MB .*)?; use a smaller batch or a narrower"
                + " net");
  }

  private static double trains(Model model) {
    Batch batch = new Batch(Fixtures.normal(DataType.FLOAT, 9, 4, 2, 6, 6), Fixtures.labels(4, 3));
    double loss = model.computeGradients(batch, Fixtures.random(1)).loss();
    assertThat(loss).isFinite();
    assertThat(model.evaluate(batch).loss()).isFinite();
    return loss;
  }

  private static ComputationGraphConfiguration net(Layer odd) {
    return Layers.graph()
        .addLayer("conv", Layers.convolution(5, 3, 1), "images")
        .addLayer("odd", odd, "conv")
        .addLayer("linear", Layers.classifier(3), "odd")
        .setOutputs("linear")
        .build();
  }
}
