package org.roundel.sweep.cell;

import java.io.PrintStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.roundel.core.config.RunSettings;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.StepCompleted;
import org.roundel.core.event.TrainingListener;
import org.roundel.report.terminal.WorkProgress;

/**
 * Shows how far an experiment is. A unit is one epoch of one cell in a thousand parts, so the time
 * left is a guess where nets of different size take turns.
 */
public final class CellProgress implements TrainingListener {
  private static final long PARTS = 1000;

  private final WorkProgress progress;
  private final int count;
  private final Map<String, Long> units = new HashMap<>();
  private final PrintStream out;
  private final Set<String> notices = new HashSet<>();
  private long done;
  private long total;
  private String name = "";
  private boolean started;

  /**
   * Makes one for all cells of an experiment.
   *
   * @param out where the notices of runs are printed, each once however many runs have it
   */
  public CellProgress(WorkProgress progress, Collection<Cell> cells, PrintStream out) {
    this.progress = progress;
    this.out = out;
    this.count = cells.size();
    for (Cell cell : cells) {
      long epochs = cell.configuration().get(RunSettings.EPOCHS);
      units.put(cell.name(), epochs * PARTS);
      total += epochs * PARTS;
    }
  }

  /** A cell is left to another process. */
  public void skip(Cell cell) {
    total -= units.getOrDefault(cell.name(), 0L);
  }

  public void begin(String label, int number) {
    name = number + "/" + count + " " + label;
  }

  public void end(Cell cell) {
    done += units.getOrDefault(cell.name(), 0L);
  }

  @Override
  public void runStarted(RunStarted event) {
    for (String notice : event.notices()) {
      if (notices.add(notice)) {
        out.println("note: " + notice);
      }
    }
    // Found cells cost nothing, so the pace counts from the first one that is trained.
    long before = event.stepsDone() * PARTS / Math.max(1, event.stepsPerEpoch());
    if (!started) {
      progress.start(name, total, done + before);
      started = true;
    }
    progress.now(name);
  }

  @Override
  public void stepCompleted(StepCompleted event) {
    progress.done(
        done + (event.epoch() - 1) * PARTS + PARTS * event.stepInEpoch() / event.stepsPerEpoch());
  }

  @Override
  public void epochCompleted(EpochCompleted event) {
    progress.done(done + event.epoch() * PARTS);
  }
}
