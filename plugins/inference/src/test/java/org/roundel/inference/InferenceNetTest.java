package org.roundel.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Options;
import org.roundel.api.exporter.ExporterFactory;
import org.roundel.api.net.Add;
import org.roundel.api.net.Linear;
import org.roundel.api.net.NetGraph;
import org.roundel.api.net.PixelScaling;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.net.ValueShape;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.kit.exporter.MemoryFiles;
import org.roundel.kit.exporter.ReferenceScores;
import org.roundel.kit.exporter.SampleNets;
import org.roundel.safetensors.SafetensorsPlugin;

class InferenceNetTest {
  private static final int THREADS = 8;

  @TempDir Path directory;

  private Path file(ShippedNet net, Map<String, String> options) throws IOException {
    ExporterFactory factory = new SafetensorsPlugin().exporters().get(0);
    byte[] bytes =
        MemoryFiles.write(factory.create(Options.of(factory.options(), options)), net)
            .get(MemoryFiles.MAIN);
    return Files.write(directory.resolve("net"), Objects.requireNonNull(bytes));
  }

  private InferenceNet load(ShippedNet net) throws IOException {
    return InferenceNet.load(file(net, Map.of()));
  }

  private static float[] pixels(ShippedNet net, int number) {
    float[] pixels = new float[net.graph().shape(0).size()];
    RandomSource random = RandomSource.of(number, RandomPurpose.SHUFFLE, 0);
    for (int element = 0; element < pixels.length; element++) {
      pixels[element] = random.below(256, element);
    }
    return pixels;
  }

  private static double[] expected(ShippedNet net, float[] pixels) {
    float[] seen = pixels.clone();
    PixelScaling scaling = Objects.requireNonNull(net.scaling());
    int plane = pixels.length / net.graph().shape(0).channels();
    for (int element = 0; element < seen.length; element++) {
      seen[element] = scaling.apply(element / plane, seen[element]);
    }
    return ReferenceScores.of(net, seen);
  }

  private static void assertScores(ShippedNet net, float[] pixels, Prediction prediction) {
    double[] expected = expected(net, pixels);
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    for (int index = 0; index < expected.length; index++) {
      assertThat((double) prediction.scores()[index])
          .isCloseTo(expected[index], within(1e-5 * Math.max(1, largest)));
    }
  }

  @Test
  void givesTheScoresOfTheNetForPixels() throws IOException {
    for (ShippedNet net : SampleNets.all()) {
      for (Map<String, String> options :
          List.of(Map.<String, String>of(), Map.of("fold", "true"))) {
        try (InferenceNet loaded = InferenceNet.load(file(net, options))) {
          for (int number = 0; number < 3; number++) {
            float[] pixels = pixels(net, number);
            assertScores(net, pixels, loaded.predict(pixels));
          }
          ValueShape shape = net.graph().shape(0);
          assertThat(List.of(loaded.channels(), loaded.height(), loaded.width()))
              .isEqualTo(shape.sizes());
          assertThat(loaded.classNames()).isEqualTo(net.classNames());
          assertThat(loaded.givesProbabilities()).isEqualTo(net.graph().softmax());
        }
      }
    }
  }

  @Test
  void namesTheFirstOfTheLargestScoresAndTheirSoftmax() {
    Prediction prediction =
        new Prediction(List.of("a", "b", "c"), new float[] {1000, 1001, 1001}, true);
    assertThat(prediction.index()).isEqualTo(1);
    assertThat(prediction.className()).isEqualTo("b");
    double sum = Math.exp(-1) + 2;
    assertThat(prediction.probabilities())
        .containsExactly((float) (Math.exp(-1) / sum), (float) (1 / sum), (float) (1 / sum));
    assertThatThrownBy(() -> new Prediction(List.of("a"), new float[1], false).probabilities())
        .hasMessageContaining("use scores()");
  }

  @Test
  void manyThreadsShareIt() throws Exception {
    ShippedNet net = SampleNets.residual();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (InferenceNet loaded = load(net)) {
      List<Callable<Void>> calls = new ArrayList<>();
      for (int number = 0; number < 400; number++) {
        float[] pixels = pixels(net, number);
        calls.add(
            () -> {
              assertScores(net, pixels, loaded.predict(pixels));
              return null;
            });
      }
      for (Future<Void> call : threads.invokeAll(calls)) {
        call.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aPoolHasNoMoreCopiesThanItMayAndClosesThemOnce() throws IOException {
    List<ImageNet> made = new ArrayList<>();
    ShippedNet net = SampleNets.linear();
    NetPool pool =
        new NetPool(
            () -> {
              ImageNet copy = new ImageNet(net);
              made.add(copy);
              return copy;
            },
            2);
    assertThat(made).hasSize(1);
    ImageNet outer =
        pool.with(
            first -> {
              ImageNet second = pool.with(other -> other);
              assertThat(second).isNotSameAs(first);
              return first;
            });
    assertThat(pool.<ImageNet>with(copy -> copy)).isSameAs(outer);
    assertThat(made).hasSize(2);
    pool.close();
    pool.close();
    assertThatThrownBy(() -> pool.with(copy -> copy)).hasMessage("the net is closed");
  }

  @Test
  void refusesImagesOfAnotherSizeAndCallsAfterTheEnd() throws IOException {
    InferenceNet net = load(SampleNets.plain());
    assertThatThrownBy(() -> net.predict(new float[64]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the net takes images of 3x8x8, 192 values; found 64");
    float[] pixels = new float[192];
    pixels[7] = Float.NaN;
    assertThatThrownBy(() -> net.predict(pixels))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("value 7 of the image is NaN");
    net.close();
    net.close();
    assertThatThrownBy(() -> net.predict(new float[192])).hasMessage("the net is closed");
  }

  @Test
  void refusesOtherFiles() throws IOException {
    Path other = Files.writeString(directory.resolve("other"), "not a net, not even nearly");
    assertThatThrownBy(() -> InferenceNet.load(other))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(other + " is no net that Roundel packed");
    Path whole = file(SampleNets.plain(), Map.of());
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = Files.write(directory.resolve("cut"), Arrays.copyOf(bytes, bytes.length - 1));
    assertThatThrownBy(() -> InferenceNet.load(cut))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cut short");
    assertThatThrownBy(() -> InferenceNet.load(directory.resolve("none")))
        .isInstanceOf(IOException.class);
  }

  /** A file may hold a graph that makes no sense, if it is whole. */
  @Test
  void refusesAGraphThatTheToolkitHasNoCounterpartOf() throws IOException {
    ShippedNet net = SampleNets.linear();
    Linear linear = (Linear) net.graph().operations().get(0);
    NetGraph unused =
        new NetGraph(
            net.graph().shape(0),
            List.of(
                new Linear("first", 0, linear.outputs(), linear.weights(), linear.bias()),
                new Linear("second", 0, linear.outputs(), linear.weights(), linear.bias()),
                new Add("sum", 2, 2)),
            true);
    ShippedNet odd =
        new ShippedNet(
            unused, net.arrays(), net.quantized(), net.scaling(), net.classNames(), net.origin());
    assertThatThrownBy(() -> load(odd))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("oneDNN cannot run the net: value 1 is never used");
  }
}
