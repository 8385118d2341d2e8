package org.roundel.cli.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.exporter.Exporter;
import org.roundel.api.exporter.ExporterFactory;
import org.roundel.api.model.Model;
import org.roundel.api.net.ShippedNet;
import org.roundel.core.component.Components;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.plugin.Selected;
import org.roundel.core.ship.ShippedRuns;
import org.roundel.kit.exporter.MemoryFiles;

/**
 * ONNX Runtime computes from an exported file the scores that the program computes itself. {@code
 * -Donnx.all=true} takes the whole test set, and every net.
 */
@Tag("thorough")
class OnnxIT {
  private static final RealPlugins PLUGINS = new RealPlugins();
  private static final boolean ALL = Boolean.getBoolean("onnx.all");
  private static final int TEST_IMAGES = ALL ? 2000 : 100;

  @TempDir Path directory;

  @AfterAll
  static void closePlugins() {
    PLUGINS.close();
  }

  /** Each quantizer and each net; how many arrays are packed at least. */
  static Stream<Arguments> nets() {
    Map<String, Integer> quantizers = new TreeMap<>();
    for (String packing :
        List.of(
            "binary-connect",
            "stochastic-rounding",
            "deterministic-rounding",
            "ternary",
            "binary-weight",
            "he-sign",
            "dorefa",
            "uniform",
            "lsq",
            "bop",
            "ttq",
            "parq")) {
      quantizers.put(packing, 8);
    }
    for (String floating : List.of("none", "binary-relax", "prox-quant", "swalp")) {
      quantizers.put(floating, 0);
    }
    Stream<Arguments> small =
        quantizers.entrySet().stream()
            .map(entry -> arguments("resnet-8", entry.getKey(), entry.getValue()));
    Stream<String> others =
        ALL
            ? Stream.of("vgg-9", "vgg-bc", "resnet-20", "resnet-56", "wrn-14-2", "resnet-18")
            : Stream.of("vgg-9");
    return Stream.concat(small, others.map(net -> arguments(net, "ternary", 9)));
  }

  @ParameterizedTest
  @MethodSource("nets")
  void theTestSetHasTheProgramsScoresAndError(String name, String quantizer, int packed)
      throws IOException {
    RunConfiguration configuration =
        RealPlugins.configuration(
            "model", name,
            "quantizer", quantizer,
            "quantize", "all",
            "dataset", "fashion-mnist-mini",
            "dataset.train-limit", "40",
            "dataset.test-limit", Integer.toString(TEST_IMAGES),
            "batch-size", "20",
            "epochs", "1");
    Path run = directory.resolve("run");
    RunResult result =
        PLUGINS.trainer().train(configuration, run, new TrainingListener() {}, () -> false);

    ShippedNet net = new ShippedRuns(PLUGINS.registry()).read(run, "newest").net();
    Components components = Components.find(PLUGINS.registry(), configuration);
    try (Dataset dataset = components.createDataset();
        Model model = components.createModel(dataset, NetScores.BATCH)) {
      NetScores.Images images = NetScores.images(dataset);
      float[] expected = NetScores.ownScores(model, net, images);
      float[] scores = NetScores.scores(exported(PLUGINS, net, Map.of()), net, images);

      assertThat(net.arrays().values())
          .filteredOn(array -> array.bits() < Float.SIZE)
          .as("packed arrays")
          .hasSizeGreaterThanOrEqualTo(packed);
      float largest = 0;
      for (float score : expected) {
        largest = Math.max(largest, Math.abs(score));
      }
      assertThat(scores).containsExactly(expected, within(1e-5f * largest));
      assertThat(NetScores.error(scores, images))
          .isEqualTo(NetScores.error(expected, images))
          .isEqualTo(Objects.requireNonNull(result.last()).test().error());
    }
  }

  static byte[] exported(RealPlugins plugins, ShippedNet net, Map<String, String> options)
      throws IOException {
    Selected<ExporterFactory> onnx = plugins.registry().exporter("onnx");
    Exporter exporter = onnx.create(factory -> factory.create(onnx.options(options)));
    return Objects.requireNonNull(MemoryFiles.write(exporter, net).get(MemoryFiles.MAIN));
  }
}
