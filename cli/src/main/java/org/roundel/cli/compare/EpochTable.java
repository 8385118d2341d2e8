package org.roundel.cli.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;

/** What the figures show, as a file of numbers; shares are in [0, 1]. */
final class EpochTable {
  private record Row(NamedRun run, RunEpoch epoch) {}

  private EpochTable() {}

  /** Returns a row for every epoch of every run. */
  static Table<?> of(List<NamedRun> runs) {
    List<Column<Row>> columns = new ArrayList<>();
    columns.add(Column.data("run", row -> row.run().name()));
    columns.add(Column.data("epoch", row -> row.epoch().epoch()));
    columns.add(Column.data("step", row -> row.epoch().step()));
    columns.add(Column.data("learning_rate", row -> row.epoch().learningRate()));
    columns.add(Column.data("train_error", row -> row.epoch().trainError()));
    columns.add(Column.data("train_loss", row -> row.epoch().trainLoss()));
    for (Images images : Images.of(runs)) {
      columns.add(evaluated(images + "_error", images, RunEpoch::testError));
      columns.add(evaluated(images + "_loss", images, RunEpoch::testLoss));
      columns.add(evaluated("latent_" + images + "_error", images, RunEpoch::latentTestError));
    }
    columns.add(Column.data("convolution_flips", row -> row.epoch().convolutionFlips()));
    columns.add(Column.data("linear_flips", row -> row.epoch().linearFlips()));
    columns.add(Column.data("images_per_second", row -> row.epoch().imagesPerSecond()));
    return new Table<>(
        columns,
        () ->
            runs.stream()
                .flatMap(run -> run.epochs().stream().map(epoch -> new Row(run, epoch)))
                .iterator());
  }

  private static Column<Row> evaluated(
      String name, Images images, Function<RunEpoch, Double> value) {
    return Column.data(
        name, row -> row.run().images() == images ? value.apply(row.epoch()) : Double.NaN);
  }
}
