package org.roundel.cli.methods;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.TrainingListener;

/** Every method learns real images: a ResNet-8 on a part of the embedded Fashion-MNIST. */
@Tag("thorough")
class LearningIT {
  private static final RealPlugins PLUGINS = new RealPlugins();

  @TempDir Path directory;

  @AfterAll
  static void closePlugins() {
    PLUGINS.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "binary-connect",
        "stochastic-rounding",
        "deterministic-rounding",
        "ternary",
        "binary-weight",
        "he-sign",
        "dorefa",
        "uniform",
        "binary-relax",
        "lsq",
        "prox-quant",
        "swalp",
        "bop",
        "ttq",
        "parq"
      })
  void theTestErrorFallsFarBelowChance(String quantizer) {
    RunResult result =
        PLUGINS
            .trainer()
            .train(
                RealPlugins.configuration(
                    "model", "resnet-8",
                    "quantizer", quantizer,
                    "dataset", "fashion-mnist-mini",
                    "dataset.train-limit", "1000",
                    "dataset.test-limit", "300",
                    "batch-size", "20",
                    "epochs", "2",
                    "latent-error", Boolean.toString(quantizer.equals("binary-connect"))),
                directory.resolve("run"),
                new TrainingListener() {},
                () -> false);

    // Chance is 90 %; the standard error of 300 images is at most 2.9 %.
    assertThat(result.best().error()).isLessThan(0.65);
    // With running statistics of the ±1 weights it was chance.
    EpochCompleted last = Objects.requireNonNull(result.last());
    if (last.latentTest() != null) {
      assertThat(last.latentTest().error()).isLessThan(0.75);
    }
  }
}
