package org.roundel.reproduce.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.record.RunRecord;
import org.roundel.reproduce.experiment.Sample;

/** The finished trainings of an experiment. Every record in it has all its epochs. */
final class Results {
  private final Map<Trial, RunRecord> records;

  Results(Map<Trial, RunRecord> records) {
    this.records = new LinkedHashMap<>(records);
  }

  Map<Trial, RunRecord> records() {
    return records;
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  /** Returns the first training; there is one. */
  RunRecord first() {
    return records.values().iterator().next();
  }

  /** Returns the results of some of the trainings. */
  Results where(Predicate<Trial> wanted) {
    Map<Trial, RunRecord> chosen = new LinkedHashMap<>();
    records.forEach(
        (trial, record) -> {
          if (wanted.test(trial)) {
            chosen.put(trial, record);
          }
        });
    return new Results(chosen);
  }

  /** Returns the results of one method, as {@link Trial#of} has it. */
  Results of(Task task, Method method) {
    return where(
        trial ->
            trial.task().equals(task)
                && trial.method() == method
                && trial.batchSize() == method.batchSize(task)
                && trial.weightDecay() == 0);
  }

  /** Returns a figure of every training, in order. */
  double[] each(ToDoubleFunction<RunRecord> figure) {
    return records.values().stream().mapToDouble(figure).toArray();
  }

  /** Returns the last epoch of a training. */
  static EpochCompleted lastEpoch(RunRecord record) {
    return record.epochs().get(record.epochs().size() - 1);
  }

  /** Returns a figure of the last epochs. */
  Sample last(ToDoubleFunction<EpochCompleted> figure) {
    return new Sample(each(record -> figure.applyAsDouble(lastEpoch(record))));
  }

  /** Returns the test errors after the last epoch, in percent. */
  Sample lastErrors() {
    return last(Curves::testError);
  }

  /** Returns the lowest test errors of all epochs, in percent. */
  Sample bestErrors() {
    return new Sample(
        each(
            record ->
                record.epochs().stream().mapToDouble(Curves::testError).min().orElse(Double.NaN)));
  }

  /**
   * Returns the course of a figure over the epochs, over all trainings.
   *
   * @param figure of one epoch; NaN where there is none
   */
  Course course(ToDoubleFunction<EpochCompleted> figure) {
    int epochs = Integer.MAX_VALUE;
    for (RunRecord record : records.values()) {
      epochs = Math.min(epochs, record.epochs().size());
    }
    if (records.isEmpty()) {
      epochs = 0;
    }
    double[] mean = new double[epochs];
    double[] low = new double[epochs];
    double[] high = new double[epochs];
    double[] updates = new double[epochs];
    for (int epoch = 0; epoch < epochs; epoch++) {
      List<Double> values = new ArrayList<>();
      for (RunRecord record : records.values()) {
        values.add(figure.applyAsDouble(record.epochs().get(epoch)));
        updates[epoch] = record.epochs().get(epoch).step();
      }
      Sample sample = new Sample(values.stream().mapToDouble(Double::doubleValue).toArray());
      mean[epoch] = sample.mean();
      low[epoch] = sample.minimum();
      high[epoch] = sample.maximum();
    }
    return new Course(updates, mean, low, high);
  }

  /**
   * A figure by epoch.
   *
   * @param updates made up to the end of each epoch
   * @param mean over the trainings
   * @param low the least of all
   * @param high the greatest
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Course(double[] updates, double[] mean, double[] low, double[] high) {
    /** Returns the epochs, counted from 1. */
    double[] epochs() {
      double[] epochs = new double[mean.length];
      for (int index = 0; index < epochs.length; index++) {
        epochs[index] = index + 1.0;
      }
      return epochs;
    }
  }
}
