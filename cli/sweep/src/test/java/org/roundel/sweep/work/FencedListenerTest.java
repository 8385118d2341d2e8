package org.roundel.sweep.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.event.CheckpointStarted;
import org.roundel.core.event.EvaluationCompleted;
import org.roundel.core.event.Recording;
import org.roundel.core.event.RunFailed;
import org.roundel.core.event.TrainingListener;
import org.roundel.sweep.cell.Cell;
import org.roundel.sweep.lease.Lease;
import org.roundel.sweep.lease.LeaseLostException;
import org.roundel.sweep.lease.Leases;
import org.roundel.sweep.lease.TestingLeases;

/** Nothing is written into a run that may be another's. */
class FencedListenerTest {
  @TempDir Path directory;

  private final AtomicLong clock = new AtomicLong();
  private final List<Object> told = new ArrayList<>();
  private SweepDirectory sweep;
  private Lease lease;
  private TrainingListener fenced;

  @BeforeEach
  void take() {
    sweep = SweepDirectory.at(directory);
    sweep.grow(List.of(new Cell("cell", RunConfiguration.of(Map.of()))), true, null);
    Leases leases = TestingLeases.of(sweep.leases(), clock);
    lease = Objects.requireNonNull(TestingLeases.withoutBeats(leases, "cell"));
    fenced =
        new FencedListener(
            sweep,
            lease,
            new TrainingListener() {
              @Override
              public void checkpointStarted(CheckpointStarted event) {
                told.add(event);
              }

              @Override
              public void evaluationCompleted(EvaluationCompleted event) {
                told.add(event);
              }

              @Override
              public void recording(Recording event) {
                told.add(event);
              }

              @Override
              public void runFailed(RunFailed event) {
                told.add(event);
              }
            });
  }

  private void lose() {
    AtomicLong watchersClock = new AtomicLong();
    Leases watcher = TestingLeases.of(sweep.leases(), watchersClock);
    assertThat(watcher.take("cell")).isNull();
    watchersClock.addAndGet(TimeUnit.HOURS.toNanos(9));
    assertThat(watcher.take("cell")).isNotNull();
    clock.addAndGet(TimeUnit.HOURS.toNanos(9));
  }

  @Test
  void whatIsHeldIsWritten() {
    fenced.evaluationCompleted(new EvaluationCompleted(1, 1));
    fenced.checkpointStarted(new CheckpointStarted("step-1"));
    fenced.recording(Recording.CHECKPOINT);
    assertThat(told).hasSize(3);
  }

  @Test
  void whatIsLostIsNot() {
    lose();
    assertThatThrownBy(() -> fenced.evaluationCompleted(new EvaluationCompleted(1, 1)))
        .isInstanceOf(LeaseLostException.class);
    assertThatThrownBy(() -> fenced.checkpointStarted(new CheckpointStarted("step-1")))
        .isInstanceOf(LeaseLostException.class);
    assertThatThrownBy(() -> fenced.recording(Recording.CHECKPOINT))
        .isInstanceOf(LeaseLostException.class);
    assertThat(told).isEmpty();
  }

  /** However short the time since the last beat: the files are asked, not the clock. */
  @Test
  void whatWasTakenAMomentAgoIsNotWrittenEither() {
    AtomicLong watchersClock = new AtomicLong();
    Leases watcher = TestingLeases.of(sweep.leases(), watchersClock);
    assertThat(watcher.take("cell")).isNull();
    watchersClock.addAndGet(TimeUnit.HOURS.toNanos(9));
    assertThat(watcher.take("cell")).isNotNull();
    lease.requireHeld();
    assertThatThrownBy(() -> fenced.recording(Recording.HISTORY))
        .isInstanceOf(LeaseLostException.class)
        .hasMessageStartingWith("the training of cell was taken over by far, process 7 while");
    assertThat(told).isEmpty();
  }

  @Test
  void whatNobodyCanConfirmIsNotWritten() throws IOException {
    Files.delete(sweep.leases().resolve("cell/1"));
    Files.delete(sweep.leases().resolve("cell"));
    assertThatThrownBy(() -> fenced.recording(Recording.RUN))
        .isInstanceOf(LeaseLostException.class)
        .hasMessageStartingWith("the lease of cell can no longer be renewed: ");
  }

  @Test
  void listenersHearOfEveryEndButThat() {
    fenced.runFailed(new RunFailed(new IllegalStateException("x"), false));
    assertThat(told).hasSize(1);
    lose();
    assertThatThrownBy(lease::requireHeld)
        .satisfies(lost -> fenced.runFailed(new RunFailed(lost, false)));
    assertThat(told).hasSize(1);
  }

  @Test
  void whereTheDirectoryHasGoneAwayNoOtherIsFilled() {
    SweepDirectory elsewhere = SweepDirectory.at(directory.resolve("gone"));
    TrainingListener without = new FencedListener(elsewhere, lease, new TrainingListener() {});
    assertThatThrownBy(() -> without.checkpointStarted(new CheckpointStarted("step-1")))
        .hasMessageContaining("has gone away");
  }
}
