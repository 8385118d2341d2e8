package org.roundel.core.metrics;

import org.roundel.core.config.RunSettings;
import org.roundel.core.event.EvaluationCompleted;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.StepCompleted;
import org.roundel.core.event.TrainingListener;

/**
 * Works out how fast a run is and how long it still takes, from what this process did so far.
 *
 * <p>The time of an epoch's remaining updates follows from the mean time of its updates so far; the
 * time of the remaining epochs from that and from the last evaluation. Written by the training
 * thread, read through immutable snapshots.
 */
public final class Pace implements TrainingListener {
  private static final double NANOS = 1e9;

  private int epochs;
  private int epoch;
  private long images;
  private long nanos;
  private double lossSum;
  private long wrong;
  private int steps;
  private double evaluationSeconds;

  @Override
  public void runStarted(RunStarted event) {
    epochs = event.configuration().get(RunSettings.EPOCHS);
  }

  @Override
  public void stepCompleted(StepCompleted event) {
    if (event.epoch() != epoch) {
      epoch = event.epoch();
      images = 0;
      nanos = 0;
      lossSum = 0;
      wrong = 0;
      steps = 0;
    }
    images += event.images();
    nanos += event.times().total();
    lossSum += event.loss() * event.images();
    wrong += event.wrong();
    steps++;
  }

  @Override
  public void evaluationCompleted(EvaluationCompleted event) {
    evaluationSeconds = event.seconds();
  }

  /** Returns the state after an update. */
  public Snapshot snapshot(StepCompleted event) {
    double secondsPerStep = nanos / NANOS / steps;
    int stepsLeft = event.stepsPerEpoch() - event.stepInEpoch();
    int epochsLeft = epochs - event.epoch();
    double epochSeconds = secondsPerStep * stepsLeft;
    double runSeconds =
        epochSeconds
            + evaluationSeconds
            + epochsLeft * (secondsPerStep * event.stepsPerEpoch() + evaluationSeconds);
    return new Snapshot(
        event.epoch(),
        epochs,
        event.stepInEpoch(),
        event.stepsPerEpoch(),
        images * NANOS / nanos,
        lossSum / images,
        (double) wrong / images,
        epochSeconds,
        runSeconds);
  }

  /**
   * The state of a run.
   *
   * @param epoch the epoch, counted from 1
   * @param epochs how many the run has
   * @param step updates made in this epoch
   * @param steps updates in an epoch
   * @param imagesPerSecond the mean over this epoch
   * @param loss the mean over this epoch
   * @param error share of images misclassified over this epoch, in [0, 1]
   * @param epochSecondsLeft until the epoch's last update
   * @param runSecondsLeft until the run's last evaluation
   */
  public record Snapshot(
      int epoch,
      int epochs,
      int step,
      int steps,
      double imagesPerSecond,
      double loss,
      double error,
      double epochSecondsLeft,
      double runSecondsLeft) {}
}
