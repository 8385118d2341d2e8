package org.roundel.cli.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.api.model.ParameterRole;
import org.roundel.core.training.EpochCompleted;

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
  static List<List<@Nullable Object>> of(List<NamedRun> runs) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (NamedRun run : runs) {
      for (EpochCompleted epoch : run.epochs()) {
        rows.add(
            Arrays.asList(
                run.name(),
                epoch.epoch(),
                epoch.step(),
                epoch.learningRate(),
                epoch.train().error(),
                epoch.train().loss(),
                epoch.test().error(),
                epoch.test().loss(),
                epoch.latentTest() == null ? null : epoch.latentTest().error(),
                Flips.share(epoch, ParameterRole.CONVOLUTION_WEIGHT),
                Flips.share(epoch, ParameterRole.LINEAR_WEIGHT),
                epoch.imagesPerSecond()));
      }
    }
    return rows;
  }
}
