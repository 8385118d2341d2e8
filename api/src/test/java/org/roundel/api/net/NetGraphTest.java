package org.roundel.api.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NetGraphTest {
  private static final ValueShape IMAGES = ValueShape.image(3, 9, 8);
  private static final Convolution CONVOLUTION =
      new Convolution("conv", 0, 4, Window.square(3, 2, 1), "conv/weight", "conv/bias");

  @Test
  void infersShapesAndCollectsArrays() {
    NetGraph graph =
        new NetGraph(
            IMAGES,
            List.of(
                CONVOLUTION,
                new ZeroPaddedShortcut("shortcut", 0, 2, 4),
                new Add("add", 1, 2),
                new Linear("linear", 3, 2, "linear/weight", null)),
            true);
    assertThat(graph.shape(1)).isEqualTo(ValueShape.image(4, 5, 4));
    assertThat(graph.shape(2)).isEqualTo(graph.shape(1));
    assertThat(graph.classes()).isEqualTo(2);
    assertThat(graph.readers()).containsExactly(2, 1, 1, 1, 0);
    assertThat(graph.arrays())
        .containsExactly(
            Map.entry("conv/weight", List.of(4, 3, 3, 3)),
            Map.entry("conv/bias", List.of(4)),
            Map.entry("linear/weight", List.of(2, 80)));
  }

  @Test
  void leavesPixelsOverWherePaddingIsNegative() {
    Window.Axis axis = new Window.Axis(2, 2, 0, -1, 1);
    assertThat(new Window(axis, axis).over(IMAGES, 3)).isEqualTo(ValueShape.image(3, 4, 3));
  }

  @Test
  void namesTheOperationThatDoesNotFit() {
    assertThatThrownBy(() -> graph(CONVOLUTION)).hasMessage("a net's output is a row of scores");
    assertThatThrownBy(() -> graph(CONVOLUTION, new Add("add", 0, 1)))
        .hasMessage("operation 'add': it adds 3x9x8 and 4x5x4");
    assertThatThrownBy(() -> graph(new Add("add", 0, 1)))
        .hasMessage("operation 'add': it reads value 1 of 1 that are there");
    assertThatThrownBy(() -> graph(CONVOLUTION, CONVOLUTION))
        .hasMessage("operation 'conv': another one has its name");
    assertThatThrownBy(
            () -> graph(new Pooling("pool", 0, Pooling.Method.MAXIMUM, Window.square(20, 1, 0))))
        .hasMessageContaining("operation 'pool': a window of 20 does not fit 9 pixels");
  }

  @Test
  void aShippedNetHasTheArraysOfItsGraph() {
    NetGraph graph = graph(new Linear("linear", 0, 2, "linear/weight", null));
    assertThatThrownBy(() -> net(graph, Map.of(), List.of("a", "b")))
        .hasMessage("array 'linear/weight' should be [2, 216] and is missing");
    NetArray wrong = NetArray.floats(List.of(2, 3), new float[6]);
    assertThatThrownBy(() -> net(graph, Map.of("linear/weight", wrong), List.of("a", "b")))
        .hasMessage("array 'linear/weight' should be [2, 216] and is [2, 3]");
    NetArray right = NetArray.floats(List.of(2, 216), new float[432]);
    assertThatThrownBy(() -> net(graph, Map.of("linear/weight", right), List.of("a")))
        .hasMessage("1 class names for 2 scores");
    assertThatThrownBy(
            () -> net(graph, Map.of("linear/weight", right, "x", wrong), List.of("a", "b")))
        .hasMessage("there are arrays that no operation names");
    assertThat(net(graph, Map.of("linear/weight", right), List.of("a", "b")).array("linear/weight"))
        .isSameAs(right);
  }

  private static NetGraph graph(Operation... operations) {
    return new NetGraph(IMAGES, List.of(operations), true);
  }

  private static ShippedNet net(
      NetGraph graph, Map<String, NetArray> arrays, List<String> classNames) {
    NetOrigin.Checkpoint checkpoint = new NetOrigin.Checkpoint("run", "step-000000001", "00");
    return new ShippedNet(
        graph,
        arrays,
        Set.of(),
        null,
        classNames,
        new NetOrigin("net", "none", "conv", "made-up", checkpoint));
  }
}
