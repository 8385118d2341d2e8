package org.roundel.cli.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundel.api.net.ShippedNet;
import org.roundel.core.RoundelException;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.event.Evaluation;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.ship.FileEvaluation;
import org.roundel.core.ship.NetFiles;
import org.roundel.core.ship.ShippedRuns;

/** A net from its file does on the test images what it does in its run. */
class FileEvaluationIT {
  private static final RealPlugins PLUGINS = new RealPlugins();

  @TempDir Path directory;

  @AfterAll
  static void closePlugins() {
    PLUGINS.close();
  }

  private static RunConfiguration configuration(String model, String quantizer) {
    return RealPlugins.configuration(
        "model", model,
        "quantizer", quantizer,
        "quantize", "all",
        "dataset", "fashion-mnist-mini",
        "dataset.train-limit", "96",
        "dataset.test-limit", "50",
        "batch-size", "16",
        "epochs", "1");
  }

  private ShippedNet exported(Path run, String fold) {
    NetFiles files = new NetFiles(PLUGINS.registry());
    Path file = directory.resolve("net-" + fold);
    files.write(
        new ShippedRuns(PLUGINS.registry()).read(run, "newest").net(),
        new NetFiles.Target("safetensors", Map.of("fold", fold), file, false));
    return files.read(file);
  }

  @ParameterizedTest
  @CsvSource({"resnet-8, stochastic-rounding", "resnet-8, lsq", "vgg-9, binary-connect"})
  void errorAndLossAreThoseOfTheRun(String model, String quantizer) {
    RunConfiguration configuration = configuration(model, quantizer);
    Path run = directory.resolve("run");
    PLUGINS.trainer().train(configuration, run, new TrainingListener() {}, () -> false);
    Evaluation expected =
        PLUGINS.trainer().evaluate(run, "newest", OptionalInt.empty()).test().evaluation();
    for (String fold : new String[] {"false", "true"}) {
      ShippedNet net = exported(run, fold);
      FileEvaluation found = FileEvaluation.of(PLUGINS.registry(), "onednn", net, configuration);
      assertThat(found.error()).isEqualTo(expected.error());
      assertThat(found.images()).isEqualTo(expected.images()).isEqualTo(50);
      if (net.graph().softmax()) {
        assertThat(found.loss().orElseThrow())
            .isCloseTo(expected.loss(), within(1e-5 * expected.loss()));
      } else {
        assertThat(found.loss()).isEmpty();
      }
      // Its images are the same ones, scaled by another mean: of all training images.
      RunConfiguration otherMean =
          RealPlugins.configuration(
              "dataset", "fashion-mnist-mini", "dataset.test-limit", "50", "batch-size", "7");
      assertThat(FileEvaluation.of(PLUGINS.registry(), "onednn", net, otherMean).error())
          .isEqualTo(expected.error());
    }
  }

  @Test
  void refusesADatasetThatTheNetIsNotFor() {
    RunConfiguration configuration = configuration("resnet-8", "stochastic-rounding");
    Path run = directory.resolve("run");
    PLUGINS.trainer().train(configuration, run, new TrainingListener() {}, () -> false);
    ShippedNet net = exported(run, "false");
    assertThatThrownBy(
            () ->
                FileEvaluation.of(
                    PLUGINS.registry(),
                    "onednn",
                    net,
                    RealPlugins.configuration("dataset", "synthetic")))
        .isInstanceOf(RoundelException.class)
        .hasMessage(
            "the net takes images of 1x28x28, and those of synthetic are 3x32x32. It was trained"
                + " on fashion-mnist-mini");
    assertThatThrownBy(
            () ->
                FileEvaluation.of(
                    PLUGINS.registry(),
                    "onednn",
                    net,
                    RealPlugins.configuration(
                        "dataset", "synthetic",
                        "dataset.channels", "1",
                        "dataset.height", "28",
                        "dataset.width", "28")))
        .isInstanceOf(RoundelException.class)
        .hasMessageStartingWith("the net's classes are ");
    assertThatThrownBy(() -> FileEvaluation.of(PLUGINS.registry(), "other", net, configuration))
        .hasMessageContaining("there is no inference 'other'");
  }
}
