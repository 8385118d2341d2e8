package org.roundel.cli.compare;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the figures show, as rows of numbers; shares are in [0, 1]. */
final class EpochRows {
  static final List<String> HEADINGS =
      List.of(
          "run",
          "epoch",
          "step",
          "learning_rate",
          "train_error",
          "train_loss",
          "test_error",
          "test_loss",
          "latent_test_error",
          "convolution_flips",
          "linear_flips",
          "images_per_second");

  private EpochRows() {}

  /** Returns a row for every epoch of every run. */
  static Iterable<List<@Nullable Object>> of(List<NamedRun> runs) {
    return () ->
        runs.stream()
            .flatMap(run -> run.epochs().stream().map(epoch -> row(run, epoch)))
            .iterator();
  }

  private static List<@Nullable Object> row(NamedRun run, RunEpoch epoch) {
    return Arrays.asList(
        run.name(),
        epoch.epoch(),
        epoch.step(),
        epoch.learningRate(),
        epoch.trainError(),
        epoch.trainLoss(),
        epoch.testError(),
        epoch.testLoss(),
        epoch.latentTestError(),
        epoch.convolutionFlips(),
        epoch.linearFlips(),
        epoch.imagesPerSecond());
  }
}
