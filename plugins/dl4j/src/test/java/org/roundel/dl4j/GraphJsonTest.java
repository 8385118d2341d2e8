package org.roundel.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Options;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.InputShape;
import org.roundel.api.model.Model;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.model.ModelRequest;
import org.roundel.api.model.Parameter;

/** Nets that were saved as JSON. The files are DL4J's own output, but for their faults. */
class GraphJsonTest {
  private static final InputShape INPUT = new InputShape(2, 6, 5);

  /** The net in tiny-net.json and, as a stack of layers, in stack-of-layers.json. */
  private static ComputationGraphConfiguration tinyNet() {
    return Layers.graph()
        .addLayer("conv", Layers.convolution(4, 3, 1), "images")
        .addLayer("output", Layers.classifier(3), "conv")
        .setInputTypes(InputType.convolutional(6, 5, 2))
        .setOutputs("output")
        .build();
  }

  private static ModelFactory factory(String file) {
    return Dl4jModelFactory.of(
        "tiny-net", "a net from a file", request -> GraphJson.read(GraphJsonTest.class, file));
  }

  private static Model create(ModelFactory factory, InputShape input, int classes) {
    return factory.create(
        new ModelRequest(
            factory.name(),
            input,
            classes,
            4,
            Options.defaults(List.copyOf(factory.options())),
            Fixtures.random(1)));
  }

  @ParameterizedTest
  @CsvSource({"tiny-net.json, conv, output", "stack-of-layers.json, layer0, layer1"})
  void aNetFromAFileIsTheNetThatWasWritten(String file, String first, String second) {
    ModelFactory inJava =
        Dl4jModelFactory.of("tiny-net", "the same net from Java", request -> tinyNet());
    Batch batch = new Batch(Fixtures.normal(DataType.FLOAT, 2, 4, 2, 6, 5), Fixtures.labels(4, 3));
    try (Model expected = create(inJava, INPUT, 3);
        Model read = create(factory(file), INPUT, 3)) {
      assertThat(read.parameters())
          .extracting(Parameter::name)
          .containsExactly(first + "/weight", second + "/weight", second + "/bias");
      assertThat(read.computeGradients(batch, Fixtures.random(3)))
          .isEqualTo(expected.computeGradients(batch, Fixtures.random(3)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "missing.json       | there is no file missing.json beside org.roundel.dl4j.GraphJsonTest"
            + " in its JAR; put it into src/main/resources/org/roundel/dl4j/",
        "no-layers.json     | no-layers.json is JSON but holds no layers; write it with the"
            + " configuration's toJson()",
        "cut-short.json     | cut-short.json is not a net as DL4J writes it with the"
            + " configuration's toJson(): Unexpected end-of-input",
        "unknown-layer.json | unknown-layer.json is not a net as DL4J writes it with the"
            + " configuration's toJson(): Could not resolve type id"
            + " 'org.deeplearning4j.nn.conf.layers.NoSuchLayer'"
      })
  void saysWhatIsWrongWithAFile(String file, String message) {
    assertThatThrownBy(() -> create(factory(file), INPUT, 3))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "model 'tiny-net' cannot be made for images of 2x6x5 and 3 classes: " + message);
  }

  @Test
  void refusesADatasetWithOtherClasses() {
    assertThatThrownBy(() -> create(factory("tiny-net.json"), INPUT, 10))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "model 'tiny-net' cannot be made for images of 2x6x5 and 10 classes: output layer"
                + " 'output' has 3 outputs but the dataset has 10 classes; set nOut to the"
                + " request's number of classes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | 6 | layer 'conv' (ConvolutionLayer) cannot be run: nIn is 2 but it gets 1",
        "2 | 9 | layer 'output' (OutputLayer) cannot be run: nIn is 120 but it gets 180"
      })
  void refusesImagesThatDoNotFit(int channels, int height, String message) {
    InputShape input = new InputShape(channels, height, 5);
    assertThatThrownBy(() -> create(factory("tiny-net.json"), input, 3))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "model 'tiny-net' cannot be made for images of " + input + " and 3 classes: ")
        .hasMessageContaining(message);
  }
}
