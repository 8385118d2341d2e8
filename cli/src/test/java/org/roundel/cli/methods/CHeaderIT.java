package org.roundel.cli.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.exporter.Exporter;
import org.roundel.api.exporter.ExporterFactory;
import org.roundel.api.model.Model;
import org.roundel.api.net.ShippedNet;
import org.roundel.c.CompiledNet;
import org.roundel.core.component.Components;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.plugin.Selected;
import org.roundel.core.ship.ShippedRuns;
import org.roundel.kit.exporter.MemoryFiles;

/** What gcc makes of an exported header computes the scores that the program computes itself. */
class CHeaderIT {
  private static final RealPlugins PLUGINS = new RealPlugins();
  private static final List<String> FLAGS =
      List.of("-std=c99", "-O3", "-march=native", "-Wall", "-Wextra", "-Wpedantic", "-Werror");

  @TempDir Path directory;

  @BeforeAll
  static void requireCompiler() {
    CompiledNet.require("gcc");
  }

  @AfterAll
  static void closePlugins() {
    PLUGINS.close();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 200, model=resnet-8 quantizer=stochastic-rounding quantizer.scale=0.25",
    "32, 50, model=resnet-8 quantizer=none",
    "2, 50, model=resnet-8 quantizer=ternary",
    "4, 50, model=resnet-8 quantizer=lsq",
    "8, 50, model=resnet-8 quantizer=uniform quantizer.granularity=channel",
    "1, 20, model=vgg-9 quantizer=binary-weight dataset=synthetic dataset.height=8 dataset.width=8"
  })
  void theTestSetHasTheProgramsScoresAndError(int bits, int images, String settings)
      throws IOException {
    RunConfiguration configuration = configuration(images, settings);
    Path run = directory.resolve("run");
    RunResult result =
        PLUGINS.trainer().train(configuration, run, new TrainingListener() {}, () -> false);
    ShippedNet net = new ShippedRuns(PLUGINS.registry()).read(run, "newest").net();
    assertThat(net.arrays().values()).anyMatch(array -> array.bits() == bits);

    Components components = Components.find(PLUGINS.registry(), configuration);
    try (Dataset dataset = components.createDataset();
        Model model = components.createModel(dataset, images)) {
      NetScores.Images test = NetScores.images(dataset);
      assertThat(test.labels()).hasSize(images);
      float[] expected = NetScores.ownScores(model, net, test);
      float[] scores = scores(net, test.pixels());

      float largest = 0;
      for (float score : expected) {
        largest = Math.max(largest, Math.abs(score));
      }
      assertThat(scores).containsExactly(expected, within(1e-5f * largest));
      assertThat(NetScores.error(scores, test))
          .isEqualTo(NetScores.error(expected, test))
          .isEqualTo(Objects.requireNonNull(result.last()).test().error());
    }
  }

  private static RunConfiguration configuration(int images, String settings) {
    boolean synthetic = settings.contains("synthetic");
    String all =
        "epochs=1 batch-size=20 quantize=all "
            + (synthetic
                ? "dataset.train-size=40 dataset.test-size="
                : "dataset=fashion-mnist-mini dataset.train-limit=40 dataset.test-limit=")
            + images
            + " "
            + settings;
    return RealPlugins.configuration(all.split("[ =]"));
  }

  private float[] scores(ShippedNet net, float[] pixels) throws IOException {
    Selected<ExporterFactory> c = PLUGINS.registry().exporter("c");
    Exporter exporter = c.create(factory -> factory.create(c.options(Map.of())));
    ByteBuffer images =
        ByteBuffer.allocate(pixels.length * Float.BYTES).order(ByteOrder.nativeOrder());
    images.asFloatBuffer().put(pixels);
    return CompiledNet.compile(MemoryFiles.write(exporter, net), "float", directory, FLAGS)
        .scores(images.array());
  }
}
