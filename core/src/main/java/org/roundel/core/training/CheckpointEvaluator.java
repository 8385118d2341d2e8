package org.roundel.core.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalInt;
import org.roundel.api.InvalidInputException;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.component.ComponentCalls;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.evaluation.CheckpointEvaluation;
import org.roundel.core.evaluation.Evaluator;
import org.roundel.core.evaluation.SurestMistakes;
import org.roundel.core.evaluation.TestScores;
import org.roundel.core.evaluation.WrongImages;
import org.roundel.core.net.NetTensors;
import org.roundel.core.net.TrainedNet;
import org.roundel.core.plugin.ComponentKind;
import org.roundel.core.record.OpenedRun;
import org.roundel.core.record.RunPosition;
import org.roundel.core.run.RunDirectory;

/** Evaluates checkpoints of runs, which may be going on. */
final class CheckpointEvaluator {
  private final TrainingSessions sessions;

  CheckpointEvaluator(TrainingSessions sessions) {
    this.sessions = sessions;
  }

  /** Evaluates a checkpoint, as {@link Trainer#evaluate} says. */
  CheckpointEvaluation evaluate(Path runDirectory, String checkpoint, OptionalInt threads) {
    try (RunDirectory directory = RunDirectory.openForReading(runDirectory);
        OpenedRun run =
            OpenedRun.open(
                directory, CheckpointStore.forReading(directory.checkpoints()), checkpoint)) {
      run.requireTrained();
      RunPosition position = run.state().progress().state().position();
      RunConfiguration configuration = run.manifest().configurations().at(position);
      return sessions.evaluate(
          sessions.components(configuration, run.manifest()),
          configuration,
          threads.orElse(configuration.get(RunSettings.THREADS)),
          session -> evaluate(session, run, position.stepsDone()));
    }
  }

  private static CheckpointEvaluation evaluate(
      TrainingSession session, OpenedRun run, long stepsDone) throws IOException {
    TrainedNet net = session.net();
    new NetTensors(net, session.optimizer().stateArrays())
        .restoreShipped(run.checkpoint(), stepsDone);
    Evaluator evaluator = session.testEvaluator();
    SurestMistakes mistakes = new SurestMistakes(hasSoftmax(net));
    // Never told to stop, so there is an evaluation.
    TestScores test = Objects.requireNonNull(evaluator.inPlace(() -> false, mistakes));
    TestScores latentTest =
        net.keepsLatentWeights() ? evaluator.latent(stepsDone + 1, () -> false) : null;
    return new CheckpointEvaluation(
        run.checkpoint().name(),
        stepsDone,
        test,
        latentTest,
        new WrongImages(
            mistakes.list(),
            session.dataset().inputShape(),
            session.dataset().pixelScaling().orElse(null)),
        run.notices("evaluating"),
        session.dataset().notices());
  }

  /** Returns whether the softmax of the net's scores are known to be probabilities. */
  private static boolean hasSoftmax(TrainedNet net) {
    ComponentCalls calls = net.calls();
    calls.enter(ComponentKind.MODEL);
    try {
      return net.model().graph().softmax();
    } catch (InvalidInputException unknown) {
      return false;
    } finally {
      calls.leave();
    }
  }
}
