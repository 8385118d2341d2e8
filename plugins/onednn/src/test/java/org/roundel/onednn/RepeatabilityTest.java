package org.roundel.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.roundel.onednn.CompiledNet.Result;
import org.roundel.onednn.graph.Graph;
import org.roundel.onednn.net.Loss;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Window;
import org.roundel.onednn.net.Wishes;
import org.roundel.onednn.operation.PoolingMethod;

/** The same step gives the same bytes, whatever ran before or runs beside it. */
class RepeatabilityTest {
  private static final int[] SIZES = {7, 4, 7, 1};

  private static SmallNet net(int channels) {
    SmallNet net = new SmallNet(Shape.image(3, 9, 8));
    int in = net.convolution(channels, Window.square(3, 1, 1), false).normalization(true).last();
    int sum =
        net.relu().convolution(channels, Window.square(3, 1, 1), false).plus(in).relu().last();
    net.shortcut(2, 2L * channels).pooling(PoolingMethod.MAXIMUM, Window.square(3, 2, 1));
    int one = net.dropout(0.7f).linear(12, false).last();
    int other = net.from(sum).pooling(PoolingMethod.AVERAGE, null).linear(12, true).last();
    return net.from(one).plus(other).dropout(0.5f).linear(4, true);
  }

  private static RunningNet start(SmallNet net, Graph graph, int batch, Wishes wishes) {
    return new RunningNet(graph, net.values(5), batch, Executions.of(wishes));
  }

  @ParameterizedTest
  @MethodSource("org.roundel.onednn.Executions#allWishes")
  void aStepRepeats(Wishes wishes) {
    SmallNet net = net(16);
    Graph graph = net.build(Loss.SOFTMAX_CROSS_ENTROPY);
    try (RunningNet running = start(net, graph, 7, wishes)) {
      RunningNet.Step first = running.train(7);
      Result evaluated = running.evaluate(7);
      for (int round = 0; round < 20; round++) {
        assertThat(running.train(7)).isEqualTo(first);
        assertThat(running.evaluate(7)).isEqualTo(evaluated);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.roundel.onednn.Executions#allWishes")
  void batchSizesDoNotDisturbEachOther(Wishes wishes) {
    SmallNet net = net(16);
    Graph graph = net.build(Loss.SQUARED_HINGE);
    // Grown from one image, so that the arena moves.
    try (RunningNet running = start(net, graph, 1, wishes)) {
      for (int size : SIZES) {
        RunningNet.Step step = running.train(size);
        Result evaluated = running.evaluate(size);
        try (RunningNet fresh = start(net, graph, size, wishes)) {
          assertThat(step).as("%d images", size).isEqualTo(fresh.train(size));
          assertThat(evaluated).as("%d images", size).isEqualTo(fresh.evaluate(size));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.roundel.onednn.Executions#allWishes")
  void moreSizesThanProgramsAreKeptGiveTheSame(Wishes wishes) {
    SmallNet net = net(3);
    Graph graph = net.build(Loss.SOFTMAX_CROSS_ENTROPY);
    try (RunningNet running = start(net, graph, 3, wishes)) {
      RunningNet.Step first = running.train(3);
      for (int size = 1; size <= 9; size++) {
        running.train(size);
      }
      assertThat(running.train(3)).isEqualTo(first);
    }
  }

  @ParameterizedTest
  @MethodSource("org.roundel.onednn.Executions#allWishes")
  void twoNetsDoNotDisturbEachOther(Wishes wishes) {
    SmallNet small = net(3);
    SmallNet wide = net(16);
    Graph smallGraph = small.build(Loss.SOFTMAX_CROSS_ENTROPY);
    Graph wideGraph = wide.build(Loss.SQUARED_HINGE);
    RunningNet.Step smallAlone;
    RunningNet.Step wideAlone;
    try (RunningNet running = start(small, smallGraph, 5, wishes)) {
      smallAlone = running.train(5);
    }
    try (RunningNet running = start(wide, wideGraph, 5, wishes)) {
      wideAlone = running.train(5);
    }
    try (RunningNet one = start(small, smallGraph, 5, wishes);
        RunningNet other = start(wide, wideGraph, 5, wishes)) {
      for (int round = 0; round < 5; round++) {
        assertThat(one.train(5)).isEqualTo(smallAlone);
        assertThat(other.train(5)).isEqualTo(wideAlone);
      }
      one.close();
      assertThat(other.train(5)).isEqualTo(wideAlone);
    }
  }
}
