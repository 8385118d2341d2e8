package org.roundel.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.roundel.onednn.graph.Graph;
import org.roundel.onednn.net.Loss;
import org.roundel.onednn.net.NoiseSource;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Slice;
import org.roundel.onednn.net.Wishes;

/** One team of threads for kernels in Java and for oneDNN's, which each get some images. */
class OneTeamTest {
  private static final int CLASSES = 3;
  private static final int[] SIZES = {1, 2, 3, 4, 5, 7, 8, 13};

  static Stream<Arguments> cases() {
    return Stream.of(2, 3, 4)
        .flatMap(
            threads ->
                WholeNets.of(16).keySet().stream()
                    .filter(name -> !name.startsWith("shared") || name.endsWith("RELU"))
                    .map(name -> Arguments.of(name, threads)));
  }

  private static SmallNet net(String name) {
    SmallNet net = new SmallNet(Shape.image(3, 7, 5));
    WholeNets.of(16).get(name).accept(net);
    return net.linear(CLASSES, true);
  }

  private static RunningNet start(SmallNet net, Graph graph, Execution execution) {
    return new RunningNet(graph, net.values(5), 8, execution);
  }

  @ParameterizedTest(name = "{0}, {1} threads")
  @MethodSource("cases")
  void givesWhatTwoTeamsGive(String name, int threads) {
    SmallNet net = net(name);
    Graph graph = net.build(Loss.SOFTMAX_CROSS_ENTROPY);
    try (RunningNet one = start(net, graph, Executions.ofOneTeam(Wishes.NONE, threads));
        RunningNet two = start(net, graph, Executions.of(Wishes.NONE))) {
      for (int batch : SIZES) {
        RunningNet.Step found = one.train(batch);
        RunningNet.Step expected = two.train(batch);
        // Each image goes forward alone; only sums over images may be added in another order.
        assertThat(found.loss()).as("%d images", batch).isEqualTo(expected.loss());
        assertThat(found.values()).isEqualTo(expected.values());
        for (Slice slice : net.trained()) {
          compare(found.gradients(), expected.gradients(), slice, batch);
        }
        assertThat(one.train(batch)).isEqualTo(found);
        assertThat(one.evaluate(batch)).isEqualTo(two.evaluate(batch));
      }
    }
  }

  /**
   * Within 2^8 roundings, of 2^−24, of the tensor's largest number; and, as gradients may cancel
   * altogether, within 2^4 of the net's largest.
   */
  private static void compare(List<Float> found, List<Float> expected, Slice slice, int batch) {
    double least = 0x1p-20 * largest(expected, 0, expected.size());
    double bound = 0x1p-16 * largest(expected, slice.offset(), slice.length()) + least;
    for (int at = (int) slice.offset(); at < slice.offset() + slice.length(); at++) {
      assertThat((double) found.get(at))
          .as("number %d of the flat array, %d images", at, batch)
          .isCloseTo(expected.get(at), within(bound));
    }
  }

  private static double largest(List<Float> numbers, long first, long count) {
    return numbers.subList((int) first, (int) (first + count)).stream()
        .mapToDouble(Math::abs)
        .max()
        .orElse(0);
  }

  @Test
  void theCallersThreadsAreAsBefore() {
    SmallNet net = net("residual blocks");
    CountedThreads openMp = new CountedThreads();
    Execution execution =
        new Execution(Wishes.NONE, new FreshThreads(2), openMp, () -> Long.MAX_VALUE);
    try (RunningNet running = start(net, net.build(Loss.SOFTMAX_CROSS_ENTROPY), execution)) {
      running.train(8);
      running.evaluate(8);
      assertThat(openMp.threads()).isEqualTo(CountedThreads.AT_FIRST);
    }
  }

  @Test
  void aStepAllocatesNoMoreThanByTwoTeams() {
    SmallNet net = net("residual blocks");
    Graph graph = net.build(Loss.SOFTMAX_CROSS_ENTROPY);
    Execution cut =
        new Execution(
            Wishes.NONE, new Executions.OneByOne(2), new CountedThreads(), () -> Long.MAX_VALUE);
    assertThat(allocated(net, graph, cut) - allocated(net, graph, Executions.of(Wishes.NONE, 2)))
        .isLessThan(100);
  }

  /** Returns how many bytes of heap a step takes. */
  private static long allocated(SmallNet net, Graph graph, Execution execution) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    int steps = 50;
    try (RunningNet running = start(net, graph, execution);
        FloatPointer images = Arrays32.of(running.images(8))) {
      int[] labels = running.labels(8);
      NoiseSource noise = Arrays32.noise(8);
      long before = 0;
      for (int step = -steps; step < steps; step++) {
        if (step == 0) {
          before = threads.getThreadAllocatedBytes(thread);
        }
        running.net().train(images, labels, noise);
      }
      return (threads.getThreadAllocatedBytes(thread) - before) / steps;
    }
  }

  @Test
  void closingFreesAll() {
    SmallNet net = net("residual blocks");
    Graph graph = net.build(Loss.SOFTMAX_CROSS_ENTROPY);
    Execution execution = Executions.ofOneTeam(Wishes.NONE, 2);
    long before = 0;
    for (int round = 0; round < 20; round++) {
      if (round == 10) {
        System.gc();
        before = Pointer.totalBytes();
      }
      try (RunningNet running = start(net, graph, execution)) {
        running.train(8);
        running.train(13);
        running.evaluate(13);
      }
    }
    System.gc();
    assertThat(Pointer.totalBytes() - before).isLessThan(1_000_000);
  }
}
