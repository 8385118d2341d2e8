package org.roundel.cli.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
import org.roundel.kit.exporter.MemoryFiles;

/** ONNX Runtime computes from an exported file the scores that the program computes itself. */
class OnnxIT {
  private static final RealPlugins PLUGINS = new RealPlugins();
  private static final int TEST_IMAGES = 100;

  @TempDir Path directory;

  @AfterAll
  static void closePlugins() {
    PLUGINS.close();
  }

  @ParameterizedTest
  @CsvSource({
    "resnet-8, none, 0",
    "resnet-8, binary-connect, 8",
    "resnet-8, stochastic-rounding, 8",
    "resnet-8, deterministic-rounding, 8",
    "resnet-8, ternary, 8",
    "resnet-8, binary-weight, 8",
    "resnet-8, dorefa, 8",
    "resnet-8, uniform, 8",
    "resnet-8, binary-relax, 0",
    "resnet-8, lsq, 8",
    "resnet-8, prox-quant, 0",
    "resnet-8, swalp, 0",
    "vgg-9, ternary, 9"
  })
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

    Components components = Components.find(PLUGINS.registry(), configuration);
    try (Dataset dataset = components.createDataset();
        Model model = components.createModel(dataset, TEST_IMAGES)) {
      ShippedNet net = CheckpointNet.of(run, model.graph(), dataset);
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
