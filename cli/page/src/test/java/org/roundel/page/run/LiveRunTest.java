package org.roundel.page.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.event.BestError;
import org.roundel.core.event.CheckpointStarted;
import org.roundel.core.event.CheckpointWritten;
import org.roundel.core.event.EvaluationStarted;
import org.roundel.core.event.PhaseTimes;
import org.roundel.core.event.Preparing;
import org.roundel.core.event.RunFailed;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.StepCompleted;

class LiveRunTest {
  private final LiveRun run = new LiveRun();

  @Test
  void tellsWhereTheRunStands() {
    assertThat(run.progress()).isEqualTo(new Progress(RunPhase.STARTING, null, 0, null));
    assertThat(run.directory()).isNull();
    List<RunPhase> phases = new ArrayList<>();
    for (Preparing.Part part : Preparing.Part.values()) {
      run.preparing(new Preparing(RunConfiguration.of(Map.of()), part));
      phases.add(run.progress().phase());
    }
    assertThat(phases).containsExactly(RunPhase.READING, RunPhase.MAKING, RunPhase.RESTORING);
    start();
    assertThat(run.directory()).isEqualTo(Path.of("x"));
    run.stepCompleted(step(1, 1, 4, 2, 3));
    run.stepCompleted(step(1, 2, 4, 4, 1));
    Progress progress = run.progress();
    assertThat(progress.phase()).isEqualTo(RunPhase.TRAINING);
    assertThat(progress.epochs()).isEqualTo(3);
    // Two updates of 8 images in a second each; six updates and two epochs of four are left.
    assertThat(progress.update())
        .isEqualTo(new Progress.Update(1, 2, 4, 3, 0.25, 0.1, 1.5, 8, 2, 10));
    run.evaluationStarted(new EvaluationStarted(1));
    assertThat(run.progress().phase()).isEqualTo(RunPhase.EVALUATING);
    run.checkpointStarted(new CheckpointStarted("c"));
    assertThat(run.progress().phase()).isEqualTo(RunPhase.CHECKPOINTING);
    run.checkpointWritten(new CheckpointWritten("c", 1, 1));
    run.stepCompleted(step(2, 1, 4, 1, 8));
    assertThat(run.progress().update().error()).isEqualTo(1);
    run.runFinished(new RunResult(Path.of("x"), true, false, 1, null, BestError.NONE));
    assertThat(run.progress().phase()).isEqualTo(RunPhase.STOPPED);
  }

  @Test
  void tellsWhyARunFailedThatHasNotStarted() {
    run.runFailed(new RunFailed(new IllegalStateException("no memory"), false));
    assertThat(run.progress()).isEqualTo(new Progress(RunPhase.FAILED, "no memory", 0, null));
    run.runFailed(new RunFailed(new IllegalStateException("NaN"), true));
    assertThat(run.progress().phase()).isEqualTo(RunPhase.DIVERGED);
  }

  @Test
  void drawsTheUpdatesOfTheEpochThatIsRunning() {
    start();
    assertThat(run.curve()).isNull();
    run.stepCompleted(step(1, 1, 4, 2, 4));
    EpochCurve first = run.curve();
    run.stepCompleted(step(1, 2, 4, 3, 0));
    assertThat(first).isEqualTo(new EpochCurve(1, 1, List.of(2.0), List.of(0.5)));
    assertThat(run.curve()).isEqualTo(new EpochCurve(1, 1, List.of(2.0, 3.0), List.of(0.5, 0.0)));
    for (int step = 1; step <= 1000; step++) {
      run.stepCompleted(step(2, step, 1000, step, 8));
    }
    EpochCurve curve = run.curve();
    assertThat(curve.epoch()).isEqualTo(2);
    assertThat(curve.stride()).isEqualTo(4);
    assertThat(curve.losses()).hasSize(250).startsWith(2.5, 6.5).endsWith(998.5);
    assertThat(curve.errors()).allMatch(error -> error == 1);
  }

  private void start() {
    run.runStarted(
        new RunStarted(
            Path.of("x"),
            "1",
            RunConfiguration.of(Map.of("epochs", "3")),
            1,
            1,
            List.of(),
            8,
            8,
            4,
            0,
            BestError.NONE,
            List.of(),
            List.of()));
  }

  private static StepCompleted step(int epoch, int step, int steps, double loss, int wrong) {
    PhaseTimes times = new PhaseTimes(0, 0, 1_000_000_000, 0);
    return new StepCompleted(epoch, step, steps, step, 0.1, loss, wrong, 8, 1.5, times);
  }
}
