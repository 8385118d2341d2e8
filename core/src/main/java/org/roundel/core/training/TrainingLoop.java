package org.roundel.core.training;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MessageText;
import org.roundel.api.dataset.Batch;
import org.roundel.api.schedule.TrainingPosition;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.batch.BatchReader;
import org.roundel.core.checkpoint.Checkpoint;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.component.Components;
import org.roundel.core.evaluation.Evaluator;
import org.roundel.core.evaluation.RunningError;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.Evaluation;
import org.roundel.core.event.PhaseTimes;
import org.roundel.core.event.StepCompleted;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.net.ParameterProgress;
import org.roundel.core.net.StepResult;
import org.roundel.core.net.TrainedNet;
import org.roundel.core.net.TrainedParameter;
import org.roundel.core.net.TrainingStep;
import org.roundel.core.plugin.ComponentKind;
import org.roundel.core.plugin.Selected;
import org.roundel.core.record.RunPosition;
import org.roundel.core.record.RunRecorder;
import org.roundel.core.record.TrainingProgress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a net for the epochs of a run, from wherever it stands: updates, evaluation after each
 * epoch, history, checkpoints.
 *
 * <p>Used by one thread. It can be told to stop between any two updates; it then writes a
 * checkpoint from which the run goes on to the same bytes.
 */
final class TrainingLoop {
  private static final double NANOS = 1e9;

  private static final Logger logger = LoggerFactory.getLogger(TrainingLoop.class);

  private final Components components;
  private final TrainedNet net;
  private final TrainingStep trainingStep;
  private final LearningRates rates;
  private final BatchReader trainBatches;
  private final Evaluator evaluator;
  private final boolean latentError;
  private final RunRecorder recorder;
  private final TrainingListener listener;
  private final LongSupplier nanoTime;
  private final int epochs;
  private final long checkpointNanos;

  private boolean resumed;
  private int epoch = 1;
  private int stepInEpoch;
  private long step;
  private RunningError trainError = new RunningError();
  private long epochNanos;
  private double learningRate;
  private double bestError = Double.NaN;
  private int bestEpoch;
  private @Nullable EpochCompleted lastEpoch;
  private long lastCheckpoint;

  TrainingLoop(
      Components components,
      TrainedNet net,
      TrainingStep trainingStep,
      LearningRates rates,
      BatchReader trainBatches,
      Evaluator evaluator,
      boolean latentError,
      RunRecorder recorder,
      TrainingListener listener,
      LongSupplier nanoTime,
      int epochs,
      double checkpointMinutes) {
    this.components = components;
    this.net = net;
    this.trainingStep = trainingStep;
    this.rates = rates;
    this.trainBatches = trainBatches;
    this.evaluator = evaluator;
    this.latentError = latentError;
    this.recorder = recorder;
    this.listener = listener;
    this.nanoTime = nanoTime;
    this.epochs = epochs;
    this.checkpointNanos =
        checkpointMinutes == 0 ? Long.MAX_VALUE : (long) (checkpointMinutes * 60 * NANOS);
  }

  /** Goes to the position of a checkpoint; the net's arrays are restored before, elsewhere. */
  void restore(TrainingProgress progress) {
    resumed = true;
    epoch = progress.epoch();
    stepInEpoch = progress.stepInEpoch();
    step = progress.step();
    trainError = new RunningError(progress.lossSum(), progress.wrong(), progress.images());
    epochNanos = (long) (progress.seconds() * NANOS);
    learningRate = progress.learningRate();
    bestError = progress.bestError() == null ? Double.NaN : progress.bestError();
    bestEpoch = progress.bestEpoch();
    for (TrainedParameter parameter : net.parameters()) {
      ParameterProgress kept = progress.quantized().get(parameter.name());
      if (kept != null) {
        parameter.restore(kept);
      }
    }
  }

  /**
   * Checks that a checkpoint's position is one of this run.
   *
   * @throws RoundelException if it is not
   */
  void requirePosition(TrainingProgress progress, Checkpoint from) {
    int steps = stepsPerEpoch();
    long expected = (progress.epoch() - 1L) * steps + progress.stepInEpoch();
    if (progress.stepInEpoch() > steps || progress.step() != expected) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "checkpoint "
              + from.directory()
              + " was not trained with these data: it stands after update "
              + progress.step()
              + " of the run, number "
              + progress.stepInEpoch()
              + " of epoch "
              + progress.epoch()
              + ", and an epoch has "
              + steps
              + " updates here. Name the directory of the run's own data by --data-dir");
    }
    for (TrainedParameter parameter : net.parameters()) {
      if (parameter.isQuantized() && !progress.quantized().containsKey(parameter.name())) {
        throw new RoundelException(
            ErrorKind.CONFIGURATION,
            from.directory().resolve("state.json")
                + " lacks quantized."
                + parameter.name()
                + ". Use another checkpoint of the run");
      }
    }
  }

  /** Returns whether the run has come to a place, or is behind it. */
  boolean hasReached(RunPosition place) {
    return !new RunPosition(epoch, step).isBefore(place);
  }

  int stepsPerEpoch() {
    return trainBatches.batchesPerPass();
  }

  long step() {
    return step;
  }

  /**
   * Trains to the last epoch, or until told to stop.
   *
   * @param stop polled after every update
   * @return how it ended
   * @throws RoundelException of kind DIVERGED if a loss or gradient was not finite; the last good
   *     state is kept; of kind PLUGIN or CONFIGURATION if a component failed; the message says
   *     which checkpoint there is to go on from
   * @throws IOException if the run directory could not be read or written
   */
  RunResult run(BooleanSupplier stop) throws IOException {
    lastCheckpoint = nanoTime.getAsLong();
    try {
      if (!resumed) {
        // So that there is a checkpoint to go on from, whatever fails before the next one is due.
        save(false);
      }
      return trainAll(stop);
    } catch (RoundelException known) {
      throw known;
    } catch (IOException | RuntimeException | Error thrown) {
      ComponentKind kind = net.calls().current();
      if (kind == null) {
        throw thrown;
      }
      throw failed(kind, thrown);
    }
  }

  private RunResult trainAll(BooleanSupplier stop) throws IOException {
    if (epoch <= epochs) {
      trainBatches.start(epoch, stepInEpoch);
    }
    while (epoch <= epochs) {
      if (!trainEpoch(stop) || !finishEpoch(stop)) {
        save(false);
        return result(true);
      }
    }
    return result(false);
  }

  private RunResult result(boolean interrupted) {
    return new RunResult(
        recorder.directory(), interrupted, false, epoch - 1, lastEpoch, bestError, bestEpoch);
  }

  /** Makes the epoch's remaining updates; returns false if told to stop before its evaluation. */
  private boolean trainEpoch(BooleanSupplier stop) throws IOException {
    int steps = stepsPerEpoch();
    while (stepInEpoch < steps) {
      if (stop.getAsBoolean()) {
        return false;
      }
      long start = nanoTime.getAsLong();
      net.calls().enter(ComponentKind.DATASET);
      Batch batch = trainBatches.next();
      net.calls().leave();
      if (batch == null) {
        throw new IllegalStateException(
            "the pass over the training images ended early, at step "
                + stepInEpoch
                + " of "
                + steps);
      }
      long waited = nanoTime.getAsLong() - start;
      net.calls().enter(ComponentKind.SCHEDULE);
      double rate = rates.rate(new TrainingPosition(epoch, epochs, stepInEpoch, steps));
      net.calls().leave();
      StepResult result = trainingStep.apply(batch, step + 1, rate, stepInEpoch == steps - 1);
      if (result.diverged() != null) {
        throw diverged(result.diverged(), rate);
      }
      step++;
      stepInEpoch++;
      learningRate = rate;
      trainError.add(result.batch());
      PhaseTimes times =
          new PhaseTimes(
              waited, result.quantizeNanos(), result.gradientNanos(), result.updateNanos());
      epochNanos += times.total();
      listener.stepCompleted(
          new StepCompleted(
              epoch,
              stepInEpoch,
              steps,
              step,
              rate,
              result.batch().loss(),
              result.batch().wrong(),
              result.batch().size(),
              times));
      if (stepInEpoch < steps && nanoTime.getAsLong() - lastCheckpoint >= checkpointNanos) {
        save(false);
      }
    }
    return true;
  }

  /** Evaluates, records and saves an epoch; returns false if told to stop before it was done. */
  private boolean finishEpoch(BooleanSupplier stop) throws IOException {
    listener.evaluationStarted(epoch);
    if (epoch < epochs) {
      // Now, so that the first batches are there when the evaluation is done.
      trainBatches.start(epoch + 1, 0);
    }
    Evaluation latentTest = null;
    // First, because the weights that ship are wanted again after their evaluation.
    if (latentError && net.keepsLatentWeights()) {
      latentTest = evaluator.latent(step + 1, stop);
      if (latentTest == null) {
        return false;
      }
    }
    Evaluation test = evaluator.shipped(step + 1, stop);
    if (test == null) {
      return false;
    }
    boolean best = !(bestError <= test.error());
    if (best) {
      bestError = test.error();
      bestEpoch = epoch;
    }
    EpochCompleted completed =
        new EpochCompleted(
            epoch,
            epochs,
            step,
            learningRate,
            trainError.evaluation(),
            test,
            latentTest,
            best,
            epochNanos / NANOS,
            net.endEpoch(step + 1));
    epoch++;
    stepInEpoch = 0;
    trainError = new RunningError();
    epochNanos = 0;
    lastEpoch = completed;
    recorder.epochCompleted(completed);
    save(best);
    listener.epochCompleted(completed);
    return true;
  }

  private RoundelException diverged(String what, double rate) throws IOException {
    String kept = "no checkpoint could be written, because the weights are not finite either";
    if (net.isFinite()) {
      save(false);
      kept = "the state before that update is kept as checkpoint " + checkpointName();
    }
    return new RoundelException(
        ErrorKind.DIVERGED,
        "training diverged in epoch "
            + epoch
            + " at update "
            + (step + 1)
            + " of the run: "
            + what
            + " (learning rate "
            + rate
            + "); "
            + kept
            + " in "
            + recorder.directory()
            + ". Use a lower learning-rate, or warmup-epochs");
  }

  /** Keeps what can be kept of the run after a component threw, and says so. */
  private RoundelException failed(ComponentKind kind, Throwable thrown) {
    String where = "failed in epoch " + epoch + " at update " + (step + 1) + " of the run";
    Selected<?> component = components.selected(kind);
    RoundelException failure = component.failure(where, thrown);
    if (failure.kind() == ErrorKind.PLUGIN) {
      logger.error(
          "{} '{}' of plugin {} {}",
          kind,
          component.name(),
          component.plugin().location(),
          where,
          thrown);
    }
    String checkpoint = checkpointName();
    if (net.calls().isUpdating() || !saveAfterFailure(failure)) {
      try (Checkpoint newest = recorder.checkpoints().newestValid().checkpoint()) {
        checkpoint = newest.name();
      }
    }
    return new RoundelException(
        failure.kind(),
        failure.getMessage()
            + "\nThe run is kept as checkpoint "
            + checkpoint
            + ". Once this is mended, go on from it:\n  roundel resume "
            + MessageText.shellWord(recorder.directory()),
        thrown);
  }

  /** Writes a checkpoint; returns false if the component fails in that, too. */
  private boolean saveAfterFailure(RoundelException failure) {
    try {
      save(false);
      return true;
    } catch (IOException | RuntimeException | Error again) {
      failure.addSuppressed(again);
      return false;
    }
  }

  private String checkpointName() {
    return CheckpointStore.stepName(step);
  }

  private void save(boolean best) throws IOException {
    net.withShippedWeights(
        step + 1,
        () -> {
          recorder.save(checkpointName(), progress(), net, best);
          return checkpointName();
        });
    listener.checkpointWritten(checkpointName());
    lastCheckpoint = nanoTime.getAsLong();
  }

  /** Returns where the run stands, with moves counted to the weights of the coming update. */
  private TrainingProgress progress() {
    Map<String, ParameterProgress> quantized = new TreeMap<>();
    for (TrainedParameter parameter : net.parameters()) {
      if (parameter.isQuantized()) {
        quantized.put(parameter.name(), parameter.progress());
      }
    }
    return new TrainingProgress(
        epoch,
        stepInEpoch,
        step,
        trainError.lossSum(),
        trainError.wrong(),
        trainError.images(),
        epochNanos / NANOS,
        learningRate,
        Double.isNaN(bestError) ? null : bestError,
        bestEpoch,
        recorder.historyLength(),
        quantized);
  }
}
