package org.roundel.onednn.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.roundel.onednn.net.Loss;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Slice;
import org.roundel.onednn.net.Window;
import org.roundel.onednn.operation.Activation;
import org.roundel.onednn.operation.ActivationFunction;
import org.roundel.onednn.operation.Add;
import org.roundel.onednn.operation.BatchNormalization;
import org.roundel.onednn.operation.BatchNormalization.Affine;
import org.roundel.onednn.operation.BatchNormalization.Running;
import org.roundel.onednn.operation.Convolution;
import org.roundel.onednn.operation.Dropout;
import org.roundel.onednn.operation.Linear;
import org.roundel.onednn.operation.Pooling;
import org.roundel.onednn.operation.PoolingMethod;
import org.roundel.onednn.operation.ZeroPaddedShortcut;

class GraphTest {
  private static final Shape IMAGES = Shape.image(3, 6, 5);
  private static final Slice THREE = new Slice(0, 3);

  record Refused(Operation operation, String message) {}

  static List<Refused> refused() {
    Window large = Window.square(7, 1, 0);
    return List.of(
        new Refused(
            new Activation("x", 1, ActivationFunction.RELU, 0), "operation 'x': it reads value 1"),
        new Refused(new Add("x", 0, -1), "operation 'x': it reads value -1"),
        new Refused(
            new Convolution("x", 0, 2, large, new Slice(0, 294), null),
            "operation 'x': its window " + large + " does not fit 3x6x5"),
        new Refused(
            new Pooling("x", 0, PoolingMethod.MAXIMUM, large),
            "operation 'x': its window " + large + " does not fit 3x6x5"),
        new Refused(
            new Convolution("x", 0, 2, Window.square(3, 1, 1), new Slice(0, 53), null),
            "operation 'x': a tensor of it has 53 numbers and should have 54"),
        new Refused(
            new Convolution("x", 0, 2, Window.square(3, 1, 1), new Slice(0, 54), THREE),
            "operation 'x': a tensor of it has 3 numbers and should have 2"),
        new Refused(
            new Linear("x", 0, 4, new Slice(0, 90), null),
            "operation 'x': a tensor of it has 90 numbers and should have 360"),
        new Refused(
            new BatchNormalization("x", 0, null, running(3, 4), 1e-5f),
            "operation 'x': a tensor of it has 4 numbers and should have 3"),
        new Refused(
            new BatchNormalization("x", 0, null, running(2, 3), 1e-5f),
            "operation 'x': a tensor of it has 2 numbers and should have 3"),
        new Refused(
            new BatchNormalization(
                "x", 0, new Affine(THREE, new Slice(0, 4)), running(3, 3), 1e-5f),
            "operation 'x': a tensor of it has 4 numbers and should have 3"),
        new Refused(
            new ZeroPaddedShortcut("x", 0, 1, 2),
            "operation 'x': it takes stride 1 and goes from 3 to 2 channels"),
        new Refused(
            new ZeroPaddedShortcut("x", 0, 0, 4),
            "operation 'x': it takes stride 0 and goes from 3 to 4 channels"),
        new Refused(new Dropout("x", 0, 0), "operation 'x': it keeps 0.0"),
        new Refused(new Dropout("x", 0, 1.5f), "operation 'x': it keeps 1.5"),
        new Refused(
            new Activation("x", 0, ActivationFunction.RELU, -0.1f),
            "operation 'x': its α is -0.1 and should be at least 0"),
        new Refused(
            new Activation("x", 0, ActivationFunction.ELU, -1),
            "operation 'x': its α is -1.0 and should be at least 0"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWhatDoesNotFitByName(Refused refused) {
    Graph.Builder builder = Graph.builder(IMAGES);
    assertThatThrownBy(() -> builder.add(refused.operation()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(refused.message());
    // The builder is as it was.
    assertThat(builder.add(linear(0, 90))).isEqualTo(1);
  }

  @Test
  void refusesRowsWhereImagesAreNeeded() {
    Graph.Builder builder = Graph.builder(IMAGES);
    int row = builder.add(linear(0, 90));
    for (Operation operation :
        List.of(
            new Convolution("x", row, 1, Window.square(1, 1, 0), new Slice(0, 1), null),
            new Pooling("x", row, PoolingMethod.AVERAGE, Window.square(1, 1, 0)),
            new ZeroPaddedShortcut("x", row, 1, 4))) {
      assertThatThrownBy(() -> builder.add(operation))
          .hasMessage("operation 'x': it gets rows, not images");
    }
    assertThatThrownBy(() -> builder.add(new Add("x", 0, row)))
        .hasMessage("operation 'x': it adds 3x6x5 and 1");
  }

  @Test
  void refusesAnEndThatIsNoRowAndValuesThatLeadNowhere() {
    assertThatThrownBy(() -> Graph.builder(Shape.row(4))).hasMessage("a net's input is images");
    assertThatThrownBy(() -> Graph.builder(IMAGES).build(Loss.SQUARED_HINGE))
        .hasMessage("a net's output is a row of scores");
    Graph.Builder forgotten = Graph.builder(IMAGES);
    forgotten.add(new Activation("relu", 0, ActivationFunction.RELU, 0));
    forgotten.add(linear(0, 90));
    assertThatThrownBy(() -> forgotten.build(Loss.SQUARED_HINGE))
        .hasMessage("value 1 is never used; it is made by relu");
  }

  @Test
  void refusesSizesThatMakeNoSense() {
    assertThatThrownBy(() -> Shape.image(0, 1, 1)).hasMessage("shape 0x1x1");
    assertThatThrownBy(() -> new Shape(2, 2, 1, true)).hasMessage("shape 2x2x1 of a row");
    assertThatThrownBy(() -> new Slice(-1, 1)).hasMessage("slice at -1 of length 1");
    assertThatThrownBy(() -> new Slice(0, 0)).hasMessage("slice at 0 of length 0");
    assertThatThrownBy(() -> Window.square(3, 0, 1))
        .hasMessage(
            "a window's kernel, stride and dilation are at least 1 and its padding at least 0");
  }

  private static Running running(long means, long variances) {
    return new Running(new Slice(0, means), new Slice(0, variances), 0.9f);
  }

  private static Operation linear(int input, long inputs) {
    return new Linear("linear", input, 1, new Slice(0, inputs), null);
  }
}
