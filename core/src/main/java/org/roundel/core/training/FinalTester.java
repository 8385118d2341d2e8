package org.roundel.core.training;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MessageText;
import org.roundel.core.RoundelException;
import org.roundel.core.component.ComponentCalls;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.evaluation.TestScores;
import org.roundel.core.event.BestTested;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.EvaluationCompleted;
import org.roundel.core.event.EvaluationStarted;
import org.roundel.core.event.FinalTest;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.net.NetTensors;
import org.roundel.core.plugin.ComponentKind;
import org.roundel.core.record.OpenedRun;
import org.roundel.core.record.RunRecord;
import org.roundel.core.record.RunRecorder;
import org.roundel.core.record.RunState;
import org.roundel.core.run.RunDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates the best checkpoint of a run with validation on the test images, when the run has
 * ended. The net has that checkpoint's weights afterwards, so nothing may be saved of it any more.
 */
final class FinalTester {
  private static final Logger logger = LoggerFactory.getLogger(FinalTester.class);
  private static final double NANOS = 1e9;

  private final TrainingSession session;
  private final RunRecorder recorder;
  private final TrainingListener listener;

  FinalTester(TrainingSession session, RunRecorder recorder, TrainingListener listener) {
    this.session = session;
    this.recorder = recorder;
    this.listener = listener;
  }

  /** Returns the result of a run that has nothing left to train, as its files say. */
  static RunResult finished(
      RunDirectory directory, RunState state, RunConfiguration configuration) {
    EpochCompleted last = null;
    FinalTest test = null;
    try {
      RunRecord record = RunRecord.read(directory.path());
      last = record.last();
      test = record.test();
    } catch (RoundelException damaged) {
      logger.warn("{}", damaged.getMessage());
    }
    return new RunResult(directory.path(), false, true, state.epoch() - 1, last, state.best())
        .ended(patience(state, configuration), test);
  }

  /** Returns the patience that a run has lost before its last epoch, 0 if it has not. */
  static int patience(RunState state, RunConfiguration configuration) {
    boolean before = state.epoch() <= configuration.get(RunSettings.EPOCHS);
    return before && state.hasLostPatience(configuration)
        ? configuration.get(RunSettings.PATIENCE)
        : 0;
  }

  /**
   * Returns the result of a run that has come to its end, with the test where it has validation; of
   * one that was told to stop, or is in the test, that it was interrupted.
   */
  RunResult ended(RunResult trained, RunState state, BooleanSupplier stop) throws IOException {
    if (trained.interrupted() || !session.isValidated()) {
      return trained;
    }
    RunResult result = trained.after(RunRecord.read(trained.directory()).last());
    FinalTest test = test(state, stop);
    return test == null
        ? new RunResult(
            result.directory(), true, false, result.epochs(), result.last(), result.best())
        : result.ended(patience(state, session.configuration()), test);
  }

  /**
   * Evaluates, records and tells the result.
   *
   * @param state where the run has ended
   * @param stop polled after every batch
   * @return null if {@code stop} said so before the end; nothing is recorded then
   * @throws RoundelException if the checkpoint is damaged, or a component failed
   */
  private @Nullable FinalTest test(RunState state, BooleanSupplier stop) throws IOException {
    int epochs = state.epoch() - 1;
    listener.evaluationStarted(new EvaluationStarted(epochs));
    long start = session.nanoTime().getAsLong();
    FinalTest result;
    TestScores scores;
    try (OpenedRun best = recorder.best()) {
      RunState then = best.state().progress().state();
      scores = scores(best, then, stop);
      if (scores == null) {
        return null;
      }
      result =
          new FinalTest(epochs, then.epoch() - 1, best.checkpoint().name(), scores.evaluation());
    }
    double seconds = (session.nanoTime().getAsLong() - start) / NANOS;
    listener.evaluationCompleted(new EvaluationCompleted(epochs, seconds));
    recorder.tested(result);
    listener.bestTested(new BestTested(result, scores.classes()));
    return result;
  }

  private @Nullable TestScores scores(OpenedRun best, RunState then, BooleanSupplier stop)
      throws IOException {
    ComponentCalls calls = session.net().calls();
    try {
      new NetTensors(session.net(), session.optimizer().stateArrays())
          .restoreShipped(best.checkpoint(), then.stepsDone());
      return session.testEvaluator().inPlace(stop, null);
    } catch (RoundelException known) {
      throw known;
    } catch (IOException | RuntimeException | Error thrown) {
      ComponentKind kind = calls.current();
      if (kind == null) {
        throw thrown;
      }
      throw failed(kind, thrown);
    }
  }

  private RoundelException failed(ComponentKind kind, Throwable thrown) {
    RoundelException failure =
        session
            .components()
            .selected(kind)
            .failure("failed while the best checkpoint met the test images", thrown);
    return new RoundelException(
        failure.kind(),
        failure.getMessage()
            + "\nThe run is trained, and only this evaluation is missing. Once this is mended:\n"
            + "  roundel resume "
            + MessageText.shellWord(recorder.directory()),
        thrown);
  }
}
