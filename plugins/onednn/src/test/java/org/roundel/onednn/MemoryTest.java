package org.roundel.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.concurrent.locks.LockSupport;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.roundel.onednn.graph.Graph;
import org.roundel.onednn.net.ConvolutionMethod;
import org.roundel.onednn.net.Loss;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Window;
import org.roundel.onednn.net.Wishes;
import org.roundel.onednn.operation.PoolingMethod;
import org.roundel.winograd.VectorSupport;

/** What programs take from the machine, and give back. */
class MemoryTest {
  private static final Shape IMAGES = Shape.image(3, 16, 16);
  private static final int CLASSES = 4;

  private static SmallNet net() {
    return new SmallNet(IMAGES)
        .convolution(16, Window.square(3, 1, 1), false)
        .normalization(true)
        .relu()
        .pooling(PoolingMethod.MAXIMUM, Window.square(2, 2, 0))
        .linear(CLASSES, true);
  }

  @Test
  void aBatchThatDoesNotFitIsRefusedWithNeedAndLimitBeforeItIsAllocated() {
    SmallNet net = net();
    Graph graph = net.build(Loss.SOFTMAX_CROSS_ENTROPY);
    int batch = 100_000_000;
    // At least the convolution's output: 16 channels of 16×16 in four bytes.
    long least = (long) batch * 16 * 16 * 16 * Float.BYTES / 1_000_000;
    try (FloatPointer values = Arrays32.of(net.values(1));
        FloatPointer gradients = Arrays32.zeros(net.length())) {
      long before = Pointer.totalBytes();
      assertThatThrownBy(
              () -> new CompiledNet(graph, values, gradients, batch, Executions.direct(null)))
          .isInstanceOf(InsufficientMemoryException.class)
          .message()
          .matches(
              "a batch of 100000000 images needs \\d+ MB of native memory for this net, and \\d+"
                  + " MB are free")
          .satisfies(
              message -> {
                String[] words = message.split(" ");
                assertThat(Long.parseLong(words[6])).isGreaterThanOrEqualTo(least);
                assertThat(Long.parseLong(words[15])).isLessThan(least);
              });
      // Descriptions of arrays and kernels, but no arrays.
      assertThat(Pointer.totalBytes() - before).isLessThan(1_000_000);
    }
  }

  @Test
  void whatTheProcessMayTakeCountsWhereTheMachineHasMore() {
    SmallNet net = net();
    Graph graph = net.build(Loss.SOFTMAX_CROSS_ENTROPY);
    try (FloatPointer values = Arrays32.of(net.values(1));
        FloatPointer gradients = Arrays32.zeros(net.length())) {
      long need;
      try (CompiledNet fits =
          new CompiledNet(graph, values, gradients, 64, Executions.direct(null))) {
        need = fits.arenaSize();
      }
      assertThatCode(() -> new CompiledNet(graph, values, gradients, 64, allowing(need)).close())
          .doesNotThrowAnyException();
      assertThatThrownBy(() -> new CompiledNet(graph, values, gradients, 64, allowing(need - 1)))
          .isInstanceOf(InsufficientMemoryException.class)
          .hasMessageStartingWith("a batch of 64 images needs ");
    }
  }

  private static Execution allowing(long bytes) {
    return Executions.of(new Wishes(null, ConvolutionMethod.DIRECT), () -> bytes);
  }

  @Test
  void aRefusedBatchLeavesTheNetAsItWas() {
    SmallNet net = net();
    int[] labels = Arrays32.labels(4, CLASSES);
    try (FloatPointer values = Arrays32.of(net.values(1));
        FloatPointer gradients = Arrays32.zeros(net.length());
        FloatPointer images = Arrays32.of(Arrays32.images(IMAGES, 4, 1));
        CompiledNet compiled =
            new CompiledNet(
                net.build(Loss.SOFTMAX_CROSS_ENTROPY),
                values,
                gradients,
                4,
                Executions.direct(null))) {
      CompiledNet.Result first = compiled.train(images, labels, Arrays32.noise(1));
      long arena = compiled.arenaSize();
      int[] many = new int[50_000_000];
      assertThatThrownBy(() -> compiled.train(images, many, Arrays32.noise(1)))
          .isInstanceOf(InsufficientMemoryException.class);
      assertThat(compiled.arenaSize()).isEqualTo(arena);
      assertThat(compiled.train(images, labels, Arrays32.noise(1)).loss()).isEqualTo(first.loss());
    }
  }

  /**
   * Of each convolution with normalisation and rectifier behind it only the convolution's output is
   * kept, where the next convolution normalises what it loads.
   */
  @Test
  void normalisedImagesThatOnlyConvolutionsReadAreNotKept() {
    assumeThat(VectorSupport.problem()).isNull();
    int channels = 2 * VectorSupport.lanes();
    int batch = 8;
    int depth = 12;
    SmallNet net = new SmallNet(Shape.image(3, 32, 32));
    for (int layer = 0; layer < depth; layer++) {
      net.convolution(channels, Window.square(3, 1, 1), false).normalization(true).relu();
    }
    net.linear(CLASSES, true);
    try (FloatPointer values = Arrays32.of(net.values(1));
        FloatPointer gradients = Arrays32.zeros(net.length());
        FloatPointer images = Arrays32.of(Arrays32.images(Shape.image(3, 32, 32), batch, 1));
        CompiledNet compiled =
            new CompiledNet(
                net.build(Loss.SOFTMAX_CROSS_ENTROPY),
                values,
                gradients,
                batch,
                Executions.of(new Wishes(null, ConvolutionMethod.WINOGRAD)))) {
      compiled.train(images, Arrays32.labels(batch, CLASSES), Arrays32.noise(1));
      long array = 4L * batch * channels * 32 * 32;
      // Beside them one normalised array before the linear operation, two gradients, the images.
      assertThat(compiled.arenaSize()).isBetween(depth * array, (depth + 4) * array);
    }
  }

  /**
   * After a while nothing grows: not what JavaCPP counts, and not what the process has beside
   * Java's heap, by as much as a page a step, the least that a leak of a kernel or an array would
   * take.
   */
  @Test
  void hundredsOfStepsOfChangingSizeTakeNoMoreMemory() {
    int[] sizes = {32, 20, 7, 1};
    int count = 800;
    SmallNet net = net();
    try (FloatPointer values = Arrays32.of(net.values(1));
        FloatPointer gradients = Arrays32.zeros(net.length());
        FloatPointer images = Arrays32.of(Arrays32.images(IMAGES, 32, 1));
        CompiledNet compiled =
            new CompiledNet(
                net.build(Loss.SOFTMAX_CROSS_ENTROPY),
                values,
                gradients,
                32,
                Executions.direct(null))) {
      steps(compiled, images, sizes, count);
      long total = settled();
      long most = 2L * count * 4096;
      long grown = most;
      // Java's compiler and heap take some megabytes at times; what leaks does so every time.
      for (int round = 0; round < 4 && grown >= most; round++) {
        long physical = outsideTheHeap();
        steps(compiled, images, sizes, count);
        assertThat(settled() - total).as("bytes that JavaCPP counts").isLessThan(10_000);
        grown = outsideTheHeap() - physical;
      }
      assertThat(grown).as("bytes of the process").isLessThan(most);
    }
  }

  /** More sizes than programs are kept, so that programs are made and closed all the time. */
  @Test
  void programsThatAreNotKeptGiveTheirMemoryBack() {
    int[] sizes = {32, 20, 28, 7, 1, 13, 9};
    SmallNet net = net();
    try (FloatPointer values = Arrays32.of(net.values(1));
        FloatPointer gradients = Arrays32.zeros(net.length());
        FloatPointer images = Arrays32.of(Arrays32.images(IMAGES, 32, 1));
        CompiledNet compiled =
            new CompiledNet(
                net.build(Loss.SOFTMAX_CROSS_ENTROPY),
                values,
                gradients,
                32,
                Executions.direct(null))) {
      steps(compiled, images, sizes, 70);
      long total = settled();
      steps(compiled, images, sizes, 350);
      // 700 programs later; one of them has more than 1,000 bytes of descriptions.
      assertThat(settled() - total).isLessThan(350_000);
    }
  }

  private static long outsideTheHeap() {
    return Pointer.physicalBytes() - Runtime.getRuntime().totalMemory();
  }

  private static void steps(CompiledNet net, FloatPointer images, int[] sizes, int count) {
    for (int step = 0; step < count; step++) {
      int[] labels = Arrays32.labels(sizes[step % sizes.length], CLASSES);
      net.train(images, labels, Arrays32.noise(step));
      net.evaluate(images, labels);
    }
  }

  /** Returns what JavaCPP counts once the collector has found what is no longer used. */
  private static long settled() {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      System.gc();
      // What the collector has found reaches JavaCPP through a thread of Java's own.
      LockSupport.parkNanos(50_000_000);
      Pointer.deallocateReferences();
      least = Math.min(least, Pointer.totalBytes());
    }
    return least;
  }

  @Test
  void closingGivesTheArenaBackOnceAndEndsUse() {
    SmallNet net = net();
    try (FloatPointer values = Arrays32.of(net.values(1));
        FloatPointer gradients = Arrays32.zeros(net.length());
        FloatPointer images = Arrays32.of(Arrays32.images(IMAGES, 4, 1))) {
      CompiledNet compiled =
          new CompiledNet(
              net.build(Loss.SOFTMAX_CROSS_ENTROPY), values, gradients, 4, Executions.direct(null));
      int[] labels = Arrays32.labels(4, CLASSES);
      compiled.train(images, labels, Arrays32.noise(1));
      long arena = compiled.arenaSize();
      long before = Pointer.totalBytes();
      compiled.close();
      assertThat(before - Pointer.totalBytes()).isGreaterThanOrEqualTo(arena);
      assertThatCode(compiled::close).doesNotThrowAnyException();
      assertThatThrownBy(() -> compiled.train(images, labels, Arrays32.noise(1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the net is closed");
      assertThatThrownBy(() -> compiled.evaluate(images, labels))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the net is closed");
    }
  }
}
