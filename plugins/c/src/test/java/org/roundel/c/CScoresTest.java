package org.roundel.c;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.roundel.api.net.PixelScaling;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.net.ValueShape;
import org.roundel.kit.exporter.MemoryFiles;
import org.roundel.kit.exporter.ReferenceScores;
import org.roundel.kit.exporter.SampleNets;

/** What gcc makes of the two files computes the scores of the net by its definition. */
class CScoresTest {
  private static final int IMAGES = 5;

  /** Nothing may be warned of, read before it is written or read beside an array. */
  private static final List<String> FLAGS =
      List.of(
          "-std=c99",
          "-O1",
          "-Wall",
          "-Wextra",
          "-Wpedantic",
          "-Wconversion",
          "-Wsign-conversion",
          "-Wdouble-promotion",
          "-Wshadow",
          "-Wcast-qual",
          "-Wundef",
          "-Werror",
          "-funsigned-char",
          "-fsanitize=address,undefined",
          "-fno-sanitize-recover=all");

  @TempDir Path directory;

  static Stream<ShippedNet> nets() {
    return Stream.concat(
        SampleNets.all().stream(),
        Stream.of(OddNets.lopsided(), OddNets.grids(), OddNets.sharing(), OddNets.linear()));
  }

  @ParameterizedTest
  @MethodSource("nets")
  void imagesHaveTheNetsScores(ShippedNet net) throws IOException {
    byte[] pixels = pixels(net);
    ByteBuffer images =
        ByteBuffer.allocate(pixels.length * Float.BYTES).order(ByteOrder.nativeOrder());
    for (int index = 0; index < pixels.length; index++) {
      images.putFloat(seen(net, pixels, index));
    }
    assertScores(net, new CExporter(false), "float", images.array());
  }

  @ParameterizedTest
  @MethodSource("nets")
  void pixelsAreNormalised(ShippedNet net) throws IOException {
    assertScores(net, new CExporter(true), "uint8_t", pixels(net));
  }

  private void assertScores(ShippedNet net, CExporter exporter, String pixel, byte[] images)
      throws IOException {
    assertThat(exporter.problems(net)).isEmpty();
    float[] scores =
        CompiledNet.compile(MemoryFiles.write(exporter, net), pixel, directory, FLAGS)
            .scores(images);

    byte[] pixels = pixels(net);
    int size = net.graph().shape(0).size();
    int classes = net.graph().classes();
    assertThat(scores).hasSize(IMAGES * classes);
    for (int image = 0; image < IMAGES; image++) {
      float[] seen = new float[size];
      float[] magnitudes = new float[size];
      for (int element = 0; element < size; element++) {
        seen[element] = seen(net, pixels, image * size + element);
        magnitudes[element] = magnitude(net, pixels, image * size + element);
      }
      double[] expected = ReferenceScores.of(net, seen);
      double[] bounds = ErrorBound.of(net, magnitudes);
      for (int label = 0; label < classes; label++) {
        assertThat((double) scores[image * classes + label])
            .as("score %s of image %s", label, image)
            .isCloseTo(expected[label], within(bounds[label]));
      }
    }
  }

  private static byte[] pixels(ShippedNet net) {
    byte[] pixels = new byte[IMAGES * net.graph().shape(0).size()];
    new Random(7).nextBytes(pixels);
    return pixels;
  }

  private static float seen(ShippedNet net, byte[] pixels, int index) {
    return Objects.requireNonNull(net.scaling()).apply(channel(net, index), pixels[index] & 0xFF);
  }

  /** A pixel is rounded before the mean is taken off: both count with their magnitudes. */
  private static float magnitude(ShippedNet net, byte[] pixels, int index) {
    PixelScaling scaling = Objects.requireNonNull(net.scaling());
    int channel = channel(net, index);
    double sum = (pixels[index] & 0xFF) + Math.abs(scaling.means().get(channel));
    return (float) (sum / scaling.deviations().get(channel));
  }

  private static int channel(ShippedNet net, int index) {
    ValueShape image = net.graph().shape(0);
    return index / (image.height() * image.width()) % image.channels();
  }
}
