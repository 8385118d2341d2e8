package org.roundel.reproduce.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.Evaluation;
import org.roundel.core.event.LayerStatistics;
import org.roundel.core.record.RunRecord;
import org.roundel.report.Csv;

/** The data of an experiment of trainings as tables: one line per training, epoch and layer. */
final class DataFiles {
  private static final List<String> KEYS =
      List.of("model", "dataset", "method", "batch_size", "weight_decay", "seed");

  private DataFiles() {}

  static void write(Results results, Path directory) {
    List<List<Object>> runs = new ArrayList<>();
    List<List<Object>> epochs = new ArrayList<>();
    List<List<Object>> layers = new ArrayList<>();
    for (Map.Entry<Trial, RunRecord> entry : results.records().entrySet()) {
      List<Object> key = key(entry.getKey());
      List<EpochCompleted> all = entry.getValue().epochs();
      double seconds = 0;
      for (EpochCompleted epoch : all) {
        seconds += epoch.seconds();
        epochs.add(row(key, epoch(epoch)));
        for (LayerStatistics layer : epoch.layers()) {
          layers.add(row(key, layer(epoch, layer)));
        }
      }
      EpochCompleted last = all.get(all.size() - 1);
      EpochCompleted best = Objects.requireNonNull(entry.getValue().best());
      runs.add(
          row(
              key,
              List.of(
                  all.size(),
                  last.step(),
                  last.train().error(),
                  last.test().error(),
                  best.test().error(),
                  best.epoch(),
                  seconds)));
    }
    Csv.write(
        directory.resolve("runs.csv"),
        headings(
            "epochs",
            "updates",
            "last_train_error",
            "last_test_error",
            "best_test_error",
            "best_epoch",
            "seconds"),
        runs);
    Csv.write(
        directory.resolve("epochs.csv"),
        headings(
            "epoch",
            "updates",
            "learning_rate",
            "train_loss",
            "train_error",
            "test_loss",
            "test_error",
            "latent_test_error",
            "images_per_second"),
        epochs);
    Csv.write(
        directory.resolve("layers.csv"),
        headings(
            "epoch",
            "layer",
            "role",
            "weights",
            "changed_since_start",
            "changed_in_five_epochs",
            "latent_gap",
            "moves"),
        layers);
  }

  private static List<Object> key(Trial trial) {
    return List.of(
        trial.task().model(),
        trial.task().dataset(),
        trial.method().label(),
        trial.batchSize(),
        trial.weightDecay(),
        trial.seed());
  }

  private static List<Object> epoch(EpochCompleted epoch) {
    return List.of(
        epoch.epoch(),
        epoch.step(),
        epoch.learningRate(),
        epoch.train().loss(),
        epoch.train().error(),
        epoch.test().loss(),
        epoch.test().error(),
        error(epoch.latentTest()),
        epoch.imagesPerSecond());
  }

  private static Object error(@Nullable Evaluation evaluation) {
    return evaluation == null ? "" : (Object) evaluation.error();
  }

  private static List<Object> layer(EpochCompleted epoch, LayerStatistics layer) {
    Double changed = layer.changedInFiveEpochs();
    return List.of(
        epoch.epoch(),
        layer.parameter(),
        layer.role(),
        layer.weights(),
        layer.changedSinceStart(),
        changed == null ? "" : (Object) changed,
        layer.latentGap(),
        layer.moves());
  }

  private static List<String> headings(String... more) {
    List<String> headings = new ArrayList<>(KEYS);
    headings.addAll(List.of(more));
    return headings;
  }

  private static List<Object> row(List<Object> key, List<Object> values) {
    List<Object> row = new ArrayList<>(key);
    row.addAll(values);
    return row;
  }
}
