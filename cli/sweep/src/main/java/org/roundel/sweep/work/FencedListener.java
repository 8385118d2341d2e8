package org.roundel.sweep.work;

import java.util.List;
import org.roundel.core.event.CheckpointStarted;
import org.roundel.core.event.EvaluationCompleted;
import org.roundel.core.event.ListenerChain;
import org.roundel.core.event.Recording;
import org.roundel.core.event.RunFailed;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.TrainingListener;
import org.roundel.sweep.lease.Lease;
import org.roundel.sweep.lease.LeaseLostException;

/**
 * Stands before everything that a training writes: a process that was stopped for long may wake up
 * between any two of its steps, and the run may be another's by then. Listeners, who write into the
 * run too, are not told of that end.
 */
final class FencedListener extends ListenerChain {
  private final SweepDirectory sweep;
  private final Lease lease;
  private boolean begun;

  FencedListener(SweepDirectory sweep, Lease lease, TrainingListener told) {
    super(List.of(told));
    this.sweep = sweep;
    this.lease = lease;
  }

  @Override
  public void runStarted(RunStarted event) {
    begun = true;
    super.runStarted(event);
  }

  /** Returns whether training has begun. */
  boolean hasBegun() {
    return begun;
  }

  @Override
  public void evaluationCompleted(EvaluationCompleted event) {
    require();
    super.evaluationCompleted(event);
  }

  @Override
  public void checkpointStarted(CheckpointStarted event) {
    require();
    super.checkpointStarted(event);
  }

  @Override
  public void recording(Recording event) {
    require();
    super.recording(event);
  }

  /** Where a shared directory has gone away, a local one of its name must not be filled. */
  private void require() {
    sweep.requireReachable();
    lease.confirm();
  }

  @Override
  public void runFailed(RunFailed event) {
    // Nor where the directory has gone away: each would complain of that in its own words.
    if (!(event.cause() instanceof LeaseLostException) && SweepDirectory.isAt(sweep.path())) {
      super.runFailed(event);
    }
  }
}
