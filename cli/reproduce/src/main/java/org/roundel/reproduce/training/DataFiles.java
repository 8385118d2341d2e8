package org.roundel.reproduce.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.Evaluation;
import org.roundel.core.event.LayerStatistics;
import org.roundel.core.record.RunRecord;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;

/** The data of an experiment of trainings as tables: one line per training, epoch and layer. */
final class DataFiles {
  private DataFiles() {}

  /** One of a training's epochs. */
  private record Epoch(Trial trial, EpochCompleted record) {}

  /** One of a net's layers at the end of an epoch. */
  private record Layer(Trial trial, int epoch, LayerStatistics statistics) {}

  static void write(Results results, Path directory) {
    List<Epoch> epochs = new ArrayList<>();
    List<Layer> layers = new ArrayList<>();
    results
        .records()
        .forEach(
            (trial, run) -> {
              for (EpochCompleted epoch : run.epochs()) {
                epochs.add(new Epoch(trial, epoch));
                epoch.layers().forEach(layer -> layers.add(new Layer(trial, epoch.epoch(), layer)));
              }
            });
    runs(results).write(directory.resolve("runs.csv"));
    new Table<>(epochColumns(), epochs).write(directory.resolve("epochs.csv"));
    new Table<>(layerColumns(), layers).write(directory.resolve("layers.csv"));
  }

  private static Table<Trial> runs(Results results) {
    List<Column<Trial>> columns = trialColumns(trial -> trial);
    Function<Trial, RunRecord> run = trial -> Objects.requireNonNull(results.records().get(trial));
    Function<Trial, EpochCompleted> last = run.andThen(Results::lastEpoch);
    Function<Trial, EpochCompleted> best = trial -> Objects.requireNonNull(run.apply(trial).best());
    columns.add(Column.data("epochs", trial -> run.apply(trial).epochs().size()));
    columns.add(Column.data("updates", trial -> last.apply(trial).step()));
    columns.add(Column.data("last_train_error", trial -> last.apply(trial).train().error()));
    columns.add(Column.data("last_test_error", trial -> last.apply(trial).test().error()));
    columns.add(Column.data("best_test_error", trial -> best.apply(trial).test().error()));
    columns.add(Column.data("best_epoch", trial -> best.apply(trial).epoch()));
    columns.add(Column.data("seconds", trial -> seconds(run.apply(trial))));
    return new Table<>(columns, results.records().keySet());
  }

  private static double seconds(RunRecord run) {
    double seconds = 0;
    for (EpochCompleted epoch : run.epochs()) {
      seconds += epoch.seconds();
    }
    return seconds;
  }

  private static List<Column<Epoch>> epochColumns() {
    List<Column<Epoch>> columns = trialColumns(Epoch::trial);
    columns.add(Column.data("epoch", row -> row.record().epoch()));
    columns.add(Column.data("updates", row -> row.record().step()));
    columns.add(Column.data("learning_rate", row -> row.record().learningRate()));
    columns.add(Column.data("train_loss", row -> row.record().train().loss()));
    columns.add(Column.data("train_error", row -> row.record().train().error()));
    columns.add(Column.data("test_loss", row -> row.record().test().loss()));
    columns.add(Column.data("test_error", row -> row.record().test().error()));
    columns.add(Column.data("latent_test_error", row -> error(row.record().latentTest())));
    columns.add(Column.data("images_per_second", row -> row.record().imagesPerSecond()));
    return columns;
  }

  private static @Nullable Double error(@Nullable Evaluation evaluation) {
    return evaluation == null ? null : evaluation.error();
  }

  private static List<Column<Layer>> layerColumns() {
    List<Column<Layer>> columns = trialColumns(Layer::trial);
    columns.add(Column.data("epoch", Layer::epoch));
    columns.add(Column.data("layer", row -> row.statistics().parameter()));
    columns.add(Column.data("role", row -> row.statistics().role()));
    columns.add(Column.data("weights", row -> row.statistics().weights()));
    columns.add(Column.data("changed_since_start", row -> row.statistics().changedSinceStart()));
    columns.add(
        Column.data("changed_in_five_epochs", row -> row.statistics().changedInFiveEpochs()));
    columns.add(Column.data("latent_gap", row -> row.statistics().latentGap()));
    columns.add(Column.data("moves", row -> row.statistics().moves()));
    return columns;
  }

  private static <R> List<Column<R>> trialColumns(Function<R, Trial> trial) {
    List<Column<R>> columns = new ArrayList<>();
    columns.add(Column.data("model", row -> trial.apply(row).task().model()));
    columns.add(Column.data("dataset", row -> trial.apply(row).task().dataset()));
    columns.add(Column.data("method", row -> trial.apply(row).method().label()));
    columns.add(Column.data("batch_size", row -> trial.apply(row).batchSize()));
    columns.add(Column.data("weight_decay", row -> trial.apply(row).weightDecay()));
    columns.add(Column.data("seed", row -> trial.apply(row).seed()));
    return columns;
  }
}
