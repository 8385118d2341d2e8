package org.roundel.cli.progress;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import org.roundel.core.event.BestTested;
import org.roundel.core.event.CheckpointStarted;
import org.roundel.core.event.CheckpointWritten;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.EvaluationCompleted;
import org.roundel.core.event.EvaluationStarted;
import org.roundel.core.event.Preparing;
import org.roundel.core.event.RunFailed;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.StepCompleted;
import org.roundel.core.event.TestScored;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.record.EventJson;

/** Prints every event of a run as a line of JSON. */
public final class JsonEvents implements TrainingListener {
  private final PrintStream out;

  /** Makes a printer. */
  public JsonEvents(PrintStream out) {
    this.out = out;
  }

  @Override
  public void preparing(Preparing event) {
    print(EventJson.of(event));
  }

  @Override
  public void runStarted(RunStarted event) {
    print(EventJson.of(event));
  }

  @Override
  public void stepCompleted(StepCompleted event) {
    print(EventJson.of(event));
  }

  @Override
  public void evaluationStarted(EvaluationStarted event) {
    print(EventJson.of(event));
  }

  @Override
  public void evaluationCompleted(EvaluationCompleted event) {
    print(EventJson.of(event));
  }

  @Override
  public void testScored(TestScored event) {
    print(EventJson.of(event));
  }

  @Override
  public void epochCompleted(EpochCompleted event) {
    print(EventJson.of(event));
  }

  @Override
  public void bestTested(BestTested event) {
    print(EventJson.of(event));
  }

  @Override
  public void checkpointStarted(CheckpointStarted event) {
    print(EventJson.of(event));
  }

  @Override
  public void checkpointWritten(CheckpointWritten event) {
    print(EventJson.of(event));
  }

  @Override
  public void runFinished(RunResult event) {
    print(EventJson.of(event));
  }

  @Override
  public void runFailed(RunFailed event) {
    print(EventJson.of(event));
  }

  /** A reader sees each event as it happens. */
  private void print(ObjectNode event) {
    out.print(event + "\n");
    out.flush();
  }
}
