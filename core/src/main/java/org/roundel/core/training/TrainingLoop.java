package org.roundel.core.training;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.roundel.api.dataset.Batch;
import org.roundel.api.schedule.TrainingPosition;
import org.roundel.core.RoundelException;
import org.roundel.core.batch.BatchReader;
import org.roundel.core.component.ComponentCalls;
import org.roundel.core.config.RunSettings;
import org.roundel.core.evaluation.Evaluator;
import org.roundel.core.evaluation.TestScores;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.Evaluation;
import org.roundel.core.event.EvaluationCompleted;
import org.roundel.core.event.EvaluationStarted;
import org.roundel.core.event.PhaseTimes;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.StepCompleted;
import org.roundel.core.event.TestScored;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.net.StepResult;
import org.roundel.core.plugin.ComponentKind;
import org.roundel.core.record.RunPosition;
import org.roundel.core.record.RunRecorder;
import org.roundel.core.record.RunState;
import org.roundel.core.shard.ClusterFailure;

/**
 * Trains a net for the epochs of a run, from wherever it stands: updates, evaluation after each
 * epoch, history, checkpoints.
 *
 * <p>Used by one thread. It can be told to stop between any two updates; it then writes a
 * checkpoint from which the run goes on to the same bytes.
 */
final class TrainingLoop {
  private static final double NANOS = 1e9;

  private final TrainingSession session;
  private final RunRecorder recorder;
  private final TrainingListener listener;
  private final CheckpointWriter checkpoints;
  private final RunRescue rescue;
  private final BatchReader trainBatches;
  private final Evaluator evaluator;
  private final ComponentCalls calls;
  private final LongSupplier nanoTime;
  private final int epochs;
  private final int stepsPerEpoch;

  private RunState state = RunState.START;
  private boolean resumed;
  private @Nullable EpochCompleted lastEpoch;

  /** Makes the loop of a run whose net has the weights that it starts from. */
  TrainingLoop(TrainingSession session, RunRecorder recorder, TrainingListener listener) {
    this.session = session;
    this.recorder = recorder;
    this.listener = listener;
    this.checkpoints = new CheckpointWriter(session, recorder, listener);
    this.rescue = new RunRescue(session, recorder, checkpoints);
    this.trainBatches = session.trainBatches();
    this.evaluator = session.evaluator();
    this.calls = session.net().calls();
    this.nanoTime = session.nanoTime();
    this.epochs = session.configuration().get(RunSettings.EPOCHS);
    this.stepsPerEpoch = trainBatches.batchesPerPass();
  }

  /** Goes to where a checkpoint stands, to which the net has been brought before. */
  void resumeAt(RunState checkpoint) {
    state = checkpoint;
    resumed = true;
  }

  /** Returns where the run stands. */
  RunState state() {
    return state;
  }

  /** Returns whether the run has come to a place, or is behind it. */
  boolean hasReached(RunPosition place) {
    return !state.position().isBefore(place);
  }

  /**
   * Trains until the run is over, or it is told to stop.
   *
   * @param stop polled after every update
   * @return how it ended
   * @throws RoundelException of kind DIVERGED if a loss or gradient was not finite; the last good
   *     state is kept; of kind PLUGIN or CONFIGURATION if a component failed; the message says
   *     which checkpoint there is to go on from
   * @throws IOException if the run directory could not be read or written
   */
  RunResult run(BooleanSupplier stop) throws IOException {
    try {
      if (!resumed) {
        // So that there is a checkpoint to go on from, whatever fails before the next one is due.
        checkpoints.write(state, false);
      }
      return trainEpochs(stop);
    } catch (ClusterFailure lost) {
      throw rescue.lost(state, lost);
    } catch (RoundelException known) {
      throw known;
    } catch (IOException | RuntimeException | Error thrown) {
      ComponentKind kind = calls.current();
      if (kind == null) {
        throw thrown;
      }
      throw rescue.failed(state, kind, thrown);
    }
  }

  private RunResult trainEpochs(BooleanSupplier stop) throws IOException {
    if (!isOver()) {
      trainBatches.start(state.epoch(), state.stepInEpoch());
    }
    while (!isOver()) {
      if (!trainEpoch(stop) || !finishEpoch(stop)) {
        checkpoints.write(state, false);
        return result(true);
      }
    }
    return result(false);
  }

  private boolean isOver() {
    return state.isOver(session.configuration());
  }

  private RunResult result(boolean interrupted) {
    return new RunResult(
        recorder.directory(), interrupted, false, state.epoch() - 1, lastEpoch, state.best());
  }

  /** Makes the epoch's remaining updates; returns false if told to stop before its evaluation. */
  private boolean trainEpoch(BooleanSupplier stop) throws IOException {
    while (state.stepInEpoch() < stepsPerEpoch) {
      if (stop.getAsBoolean()) {
        return false;
      }
      listener.stepCompleted(update());
      if (state.stepInEpoch() < stepsPerEpoch && checkpoints.isDue()) {
        checkpoints.write(state, false);
      }
    }
    return true;
  }

  private StepCompleted update() throws IOException {
    long start = nanoTime.getAsLong();
    Batch batch = nextBatch();
    long waited = nanoTime.getAsLong() - start;
    double rate = learningRate();
    boolean last = state.stepInEpoch() == stepsPerEpoch - 1;
    StepResult result = session.step().apply(batch, state.nextStep(), rate, last);
    if (result.diverged() != null) {
      throw rescue.diverged(state, result.diverged(), rate);
    }
    PhaseTimes times =
        new PhaseTimes(
            waited, result.quantizeNanos(), result.gradientNanos(), result.updateNanos());
    state = state.afterUpdate(result.batch(), rate, times.total());
    return new StepCompleted(
        state.epoch(),
        state.stepInEpoch(),
        stepsPerEpoch,
        state.stepsDone(),
        rate,
        result.batch().loss(),
        result.batch().wrong(),
        result.batch().size(),
        result.gradientNorm(),
        times);
  }

  private Batch nextBatch() throws IOException {
    calls.enter(ComponentKind.DATASET);
    Batch batch = trainBatches.next();
    calls.leave();
    if (batch == null) {
      throw new IllegalStateException(
          "the pass over the training images ended early, at step "
              + state.stepInEpoch()
              + " of "
              + stepsPerEpoch);
    }
    return batch;
  }

  private double learningRate() {
    calls.enter(ComponentKind.SCHEDULE);
    double rate =
        session
            .rates()
            .rate(new TrainingPosition(state.epoch(), epochs, state.stepInEpoch(), stepsPerEpoch));
    calls.leave();
    return rate;
  }

  /** Evaluates, records and saves an epoch; returns false if told to stop before it was done. */
  private boolean finishEpoch(BooleanSupplier stop) throws IOException {
    RunState before = state;
    listener.evaluationStarted(new EvaluationStarted(before.epoch()));
    long start = nanoTime.getAsLong();
    if (before.epoch() < epochs) {
      // Now, so that the first batches are there when the evaluation is done.
      trainBatches.start(before.epoch() + 1, 0);
    }
    boolean withLatent =
        session.configuration().get(RunSettings.LATENT_ERROR) && session.net().keepsLatentWeights();
    // The latent weights first: those that ship are wanted again after their evaluation.
    TestScores latentTest = withLatent ? evaluator.latent(before.nextStep(), stop) : null;
    if (withLatent && latentTest == null) {
      return false;
    }
    TestScores scores = evaluator.shipped(before.nextStep(), stop);
    if (scores == null) {
      return false;
    }
    Evaluation test = scores.evaluation();
    double seconds = (nanoTime.getAsLong() - start) / NANOS;
    listener.evaluationCompleted(new EvaluationCompleted(before.epoch(), seconds));
    listener.testScored(new TestScored(before.epoch(), session.isValidated(), scores.classes()));
    boolean best = before.best().isBeatenBy(test.error());
    EpochCompleted completed =
        new EpochCompleted(
            before.epoch(),
            epochs,
            before.stepsDone(),
            before.learningRate(),
            before.errors().evaluation(),
            session.isValidated(),
            test,
            latentTest == null ? null : latentTest.evaluation(),
            best,
            before.nanos() / NANOS,
            session.net().endEpoch(before.nextStep()));
    state = before.afterEpoch(test.error());
    lastEpoch = completed;
    recorder.epochCompleted(completed);
    checkpoints.write(state, best);
    listener.epochCompleted(completed);
    return true;
  }
}
