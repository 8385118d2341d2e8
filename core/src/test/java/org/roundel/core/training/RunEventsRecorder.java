package org.roundel.core.training;

import java.util.ArrayList;
import java.util.List;
import org.roundel.core.event.BestTested;
import org.roundel.core.event.CheckpointWritten;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.EvaluationStarted;
import org.roundel.core.event.RunFailed;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.StepCompleted;
import org.roundel.core.event.TestScored;
import org.roundel.core.event.TrainingListener;

/** Keeps what a run told its listeners. */
public class RunEventsRecorder implements TrainingListener {
  final List<RunStarted> started = new ArrayList<>();
  final List<StepCompleted> steps = new ArrayList<>();
  public final List<EpochCompleted> epochs = new ArrayList<>();
  final List<TestScored> scored = new ArrayList<>();
  final List<BestTested> tested = new ArrayList<>();
  final List<String> checkpoints = new ArrayList<>();
  final List<Integer> evaluations = new ArrayList<>();
  final List<RunResult> finished = new ArrayList<>();
  final List<RunFailed> failed = new ArrayList<>();

  @Override
  public void runStarted(RunStarted event) {
    started.add(event);
  }

  @Override
  public void stepCompleted(StepCompleted event) {
    steps.add(event);
  }

  @Override
  public void evaluationStarted(EvaluationStarted event) {
    evaluations.add(event.epoch());
  }

  @Override
  public void testScored(TestScored event) {
    scored.add(event);
  }

  @Override
  public void bestTested(BestTested event) {
    tested.add(event);
  }

  @Override
  public void epochCompleted(EpochCompleted event) {
    epochs.add(event);
  }

  @Override
  public void checkpointWritten(CheckpointWritten event) {
    checkpoints.add(event.name());
  }

  @Override
  public void runFinished(RunResult event) {
    finished.add(event);
  }

  @Override
  public void runFailed(RunFailed event) {
    failed.add(event);
  }
}
