package org.roundel.cli.compare;

import java.util.List;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;

/** What the figures show, as a file of numbers; shares are in [0, 1]. */
final class EpochTable {
  private record Row(NamedRun run, RunEpoch epoch) {}

  private EpochTable() {}

  /** Returns a row for every epoch of every run. */
  static Table<?> of(List<NamedRun> runs) {
    return new Table<>(
        List.of(
            Column.data("run", row -> row.run().name()),
            Column.data("epoch", row -> row.epoch().epoch()),
            Column.data("step", row -> row.epoch().step()),
            Column.data("learning_rate", row -> row.epoch().learningRate()),
            Column.data("train_error", row -> row.epoch().trainError()),
            Column.data("train_loss", row -> row.epoch().trainLoss()),
            Column.data("test_error", row -> row.epoch().testError()),
            Column.data("test_loss", row -> row.epoch().testLoss()),
            Column.data("latent_test_error", row -> row.epoch().latentTestError()),
            Column.data("convolution_flips", row -> row.epoch().convolutionFlips()),
            Column.data("linear_flips", row -> row.epoch().linearFlips()),
            Column.data("images_per_second", row -> row.epoch().imagesPerSecond())),
        () ->
            runs.stream()
                .flatMap(run -> run.epochs().stream().map(epoch -> new Row(run, epoch)))
                .iterator());
  }
}
