package org.roundel.cli.metrics;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.roundel.api.model.ParameterRole;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.event.BestError;
import org.roundel.core.event.CheckpointStarted;
import org.roundel.core.event.CheckpointWritten;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.Evaluation;
import org.roundel.core.event.EvaluationCompleted;
import org.roundel.core.event.EvaluationStarted;
import org.roundel.core.event.LayerStatistics;
import org.roundel.core.event.PhaseTimes;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.StepCompleted;
import org.roundel.core.event.TrainingListener;

/** The events of a run of one update in which everything is known that can be. */
public final class PlayedRun {
  private static final LayerStatistics LAYER =
      new LayerStatistics(
          "conv/weight", ParameterRole.CONVOLUTION_WEIGHT, true, 9, 0.5, 0.25, 0.9, 0.75, 3, null);

  private PlayedRun() {}

  /** Tells a listener of all of it. */
  public static void tell(TrainingListener listener) {
    begin(listener);
    listener.evaluationStarted(new EvaluationStarted(1));
    listener.evaluationCompleted(new EvaluationCompleted(1, 1));
    listener.checkpointStarted(new CheckpointStarted("step-1"));
    listener.checkpointWritten(new CheckpointWritten("step-1", 1, 1));
    Evaluation evaluation = new Evaluation(0.5, 0.5, 10);
    listener.epochCompleted(
        new EpochCompleted(
            1, 2, 1, 0.01, evaluation, false, evaluation, evaluation, true, 1, List.of(LAYER)));
    listener.runFinished(finished());
  }

  /** Tells a listener of its start and its update. */
  public static void begin(TrainingListener listener) {
    begin(listener, Path.of("runs", "x"));
  }

  /** As {@link #begin(TrainingListener)}, of a run in this directory. */
  public static void begin(TrainingListener listener, Path directory) {
    listener.runStarted(
        new RunStarted(
            directory,
            "1.2.3",
            RunConfiguration.of(Map.of("model", "resnet-8")),
            10,
            9,
            List.of("conv/weight"),
            40,
            10,
            1,
            0,
            BestError.NONE,
            List.of(LAYER),
            List.of()));
    listener.stepCompleted(
        new StepCompleted(1, 1, 1, 1, 0.01, 2, 3, 40, 1, new PhaseTimes(1, 2, 3, 4)));
  }

  /** Returns its end. */
  public static RunResult finished() {
    return new RunResult(Path.of("x"), false, false, 1, null, new BestError(0.5, 1));
  }
}
