package org.roundel.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.roundel.onednn.graph.Graph;
import org.roundel.onednn.net.Loss;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Slice;
import org.roundel.onednn.net.Window;
import org.roundel.onednn.net.Wishes;
import org.roundel.onednn.operation.Convolution;
import org.roundel.onednn.operation.PoolingMethod;

/** Nets whose values never change. */
class FrozenNetTest {
  private static final Shape IMAGES = Shape.image(3, 6, 5);
  private static final int CLASSES = 3;
  private static final Window SAME = Window.square(3, 1, 1);

  /**
   * In float32 a sum of k terms is off by about √k·2⁻²⁴ of its terms, here k ≤ 2,304 and at most
   * five sums in a row; Winograd's is off three times as much.
   */
  private static final double BOUND = 0x1p-15;

  static List<Arguments> nets() {
    List<Arguments> nets = new ArrayList<>();
    for (int channels : new int[] {3, 16}) {
      CompiledNetTest.middles(channels)
          .forEach(
              (name, middle) ->
                  nets.add(
                      Arguments.of(
                          name + " of " + channels,
                          (Consumer<SmallNet>)
                              net -> {
                                net.convolution(channels, SAME, false);
                                middle.accept(net);
                                net.linear(CLASSES, true);
                              })));
    }
    for (Arguments whole : CompiledNetTest.shortNets()) {
      if (whole.get()[2] == Loss.SQUARED_HINGE) {
        nets.add(Arguments.of(whole.get()[0], whole.get()[1]));
      }
    }
    return nets;
  }

  static Map<String, Consumer<SmallNet>> folded() {
    Map<String, Consumer<SmallNet>> all = new TreeMap<>();
    // Scales are of both signs.
    all.put(
        "maximum before normalization",
        net ->
            net.convolution(16, SAME, false)
                .pooling(PoolingMethod.MAXIMUM, Window.square(2, 2, 0))
                .normalization(true)
                .relu());
    all.put(
        "normalization before maximum",
        net ->
            net.convolution(16, SAME, true)
                .normalization(true)
                .relu()
                .pooling(PoolingMethod.MAXIMUM, Window.square(2, 2, 0)));
    all.put(
        "mean before normalization",
        net ->
            net.convolution(16, SAME, false)
                .pooling(PoolingMethod.AVERAGE, Window.square(2, 2, 0))
                .normalization(false)
                .relu());
    all.put(
        "a convolution with two readers",
        net -> {
          int both = net.convolution(16, SAME, true).last();
          net.normalization(true).plus(both).relu();
        });
    all.put(
        "two normalizations",
        net -> net.convolution(16, SAME, true).normalization(true).normalization(false));
    all.put(
        "the same weights twice",
        net -> {
          List<Convolution> first = new ArrayList<>();
          net.convolution(16, SAME, false).relu();
          net.convolution(
                  16,
                  SAME,
                  false,
                  convolution -> {
                    first.add(convolution);
                    return convolution;
                  })
              .normalization(true)
              .relu();
          net.convolution(16, SAME, false, own -> like(own, first.get(0)))
              .normalization(true)
              .relu();
          net.convolution(16, SAME, false, own -> like(own, first.get(0)));
        });
    all.put(
        "residual blocks",
        net -> {
          int in = net.convolution(16, SAME, false).normalization(true).relu().last();
          int wide =
              net.convolution(16, SAME, false)
                  .normalization(true)
                  .relu()
                  .convolution(16, SAME, false)
                  .normalization(true)
                  .plus(in)
                  .relu()
                  .last();
          int narrow =
              net.convolution(32, Window.square(3, 2, 1), false)
                  .normalization(true)
                  .relu()
                  .convolution(32, SAME, false)
                  .normalization(true)
                  .last();
          net.from(wide).shortcut(2, 32).plus(narrow).relu();
        });
    all.put(
        "a sum behind a rectifier",
        net -> {
          int in = net.convolution(16, SAME, false).relu().last();
          net.convolution(16, SAME, true).relu().plus(in).relu().plus(in);
        });
    return all;
  }

  private static Convolution like(Convolution own, Convolution other) {
    return new Convolution(
        own.name(), own.input(), own.channels(), own.window(), other.weights(), other.bias());
  }

  @ParameterizedTest
  @MethodSource("foldedNames")
  void givesTheScoresOfWhatIsFolded(String name) {
    for (Shape images : List.of(Shape.image(3, 12, 9), Shape.image(16, 8, 8))) {
      SmallNet net = new SmallNet(images);
      folded().get(name).accept(net);
      net.pooling(PoolingMethod.AVERAGE, null).linear(CLASSES, true);
      check(net, images);
    }
  }

  static Set<String> foldedNames() {
    return folded().keySet();
  }

  /** Of one image by a bit for each weight, also behind an image in each layout. */
  @Test
  void givesTheScoresOfWeightsThatAreSigns() {
    for (Shape images : List.of(Shape.image(16, 6, 5), Shape.image(3, 12, 12))) {
      SmallNet net = new SmallNet(images).convolution(16, SAME, false).relu();
      int wide = 1 + (1 << 18) / (16 * Math.toIntExact(images.height() * images.width()));
      Slice weights = net.nextSlice();
      net.linear(wide, true).normalization(true).relu().linear(CLASSES, true);
      Slice whole = new Slice(weights.offset(), wide * 16 * images.height() * images.width());
      check(net, images, whole);
    }
  }

  @Test
  void givesTheScoresOfManyImages() {
    SmallNet net = small();
    int batch = 128;
    try (FloatPointer values = Arrays32.of(net.values(5));
        FrozenNet frozen = new FrozenNet(net.build(), values, Executions.of(Wishes.NONE))) {
      double[] stored = new double[Math.toIntExact(net.length())];
      float[] numbers = Arrays32.read(values, net.length());
      Arrays.setAll(stored, index -> numbers[index]);
      double[] expected =
          new DoubleNet(net.build(), stored).scores(Arrays32.images(IMAGES, batch, 3), batch, null);
      float[] found = predict(frozen, batch);
      double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
      for (int score = 0; score < found.length; score++) {
        assertThat((double) found[score]).isCloseTo(expected[score], within(BOUND * largest));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nets")
  void givesTheScores(String name, Consumer<SmallNet> described) {
    SmallNet net = new SmallNet(IMAGES);
    described.accept(net);
    check(net, IMAGES);
  }

  /** By all ways, in batches of several sizes, on one thread and on two. */
  private static void check(SmallNet net, Shape images) {
    check(net, images, null);
  }

  /**
   * Does the same.
   *
   * @param signs weights that are made ±1/8; null for none
   */
  private static void check(SmallNet net, Shape images, @Nullable Slice signs) {
    Graph graph = net.build();
    float[] initial = net.values(5);
    if (signs != null) {
      for (long index = signs.offset(); index < signs.offset() + signs.length(); index++) {
        int at = Math.toIntExact(index);
        initial[at] = Math.copySign(0.125f, initial[at]);
      }
    }
    double[] values = new double[initial.length];
    Arrays.setAll(values, index -> initial[index]);
    DoubleNet meant = new DoubleNet(graph, values);
    int most = 7;
    double[] expected = meant.scores(Arrays32.images(images, most, 3), most, null);
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    try (FloatPointer stored = Arrays32.of(initial)) {
      for (Wishes wishes : Executions.directAndChosen()) {
        for (int threads = 1; threads <= 2; threads++) {
          try (FrozenNet frozen = new FrozenNet(graph, stored, Executions.of(wishes, threads))) {
            for (int batch : new int[] {most, 1, 2, most}) {
              float[] found = predict(frozen, images, batch);
              for (int score = 0; score < found.length; score++) {
                assertThat((double) found[score])
                    .as("score %d of a batch of %d, %s, %d threads", score, batch, wishes, threads)
                    .isCloseTo(expected[score], within(BOUND * Math.max(1, largest)));
              }
            }
          }
        }
      }
    }
  }

  private static SmallNet small() {
    return new SmallNet(IMAGES)
        .convolution(16, SAME, false)
        .normalization(true)
        .relu()
        .linear(CLASSES, true);
  }

  private static float[] predict(FrozenNet net, int batch) {
    return predict(net, IMAGES, batch);
  }

  private static float[] predict(FrozenNet net, Shape shape, int batch) {
    try (FloatPointer images = Arrays32.of(Arrays32.images(shape, batch, 3));
        FloatPointer scores = Arrays32.zeros(batch * CLASSES)) {
      net.predict(images, batch, scores.asBuffer());
      return Arrays32.read(scores, batch * CLASSES);
    }
  }

  @Test
  void needsNoLossAndKeepsItsValues() {
    SmallNet net = small();
    Graph graph = net.build();
    assertThatThrownBy(graph::loss).isInstanceOf(IllegalStateException.class);
    try (FloatPointer values = Arrays32.of(net.values(1));
        FrozenNet frozen = new FrozenNet(graph, values, Executions.of(Wishes.NONE))) {
      float[] first = predict(frozen, 2);
      values.put(new float[Math.toIntExact(net.length())]);
      assertThat(predict(frozen, 2)).containsExactly(first);
      assertThat(predict(frozen, 3)[0]).isCloseTo(first[0], within(1e-5f));
      assertThat(frozen.engine()).startsWith("oneDNN");
    }
  }

  @Test
  void freesItsMemory() {
    SmallNet net = small();
    try (FloatPointer values = Arrays32.of(net.values(1))) {
      long before = FloatPointer.totalBytes();
      FrozenNet frozen = new FrozenNet(net.build(), values, Executions.of(Wishes.NONE));
      predict(frozen, 2);
      assertThat(frozen.arenaSize()).isPositive();
      frozen.close();
      frozen.close();
      assertThat(frozen.arenaSize()).isZero();
      // What describes its steps is small, and freed when Java collects it.
      assertThat(FloatPointer.totalBytes()).isLessThan(before + 4 * net.length() / 2);
      assertThatThrownBy(() -> predict(frozen, 2)).hasMessage("the net is closed");
    }
  }
}
