package org.roundel.reproduce.training;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.TrainingListener;
import org.roundel.report.terminal.Texts;
import org.roundel.reproduce.experiment.Workspace;
import org.roundel.sweep.cell.Cell;
import org.roundel.sweep.cell.CellEnd;
import org.roundel.sweep.cell.CellOutcome;
import org.roundel.sweep.cell.CellProgress;
import org.roundel.sweep.cell.CellTrainer;
import org.roundel.sweep.work.SweepDirectory;
import org.roundel.sweep.work.WorkListener;

/** Prints a line for each training of an experiment, and shows how far they are. */
final class ExperimentWork implements WorkListener {
  private final Workspace workspace;
  private final CellTrainer trainer;
  private final SweepDirectory sweep;
  private final CellProgress progress;
  private final List<Cell> cells;
  private final Map<String, String> labels = new HashMap<>();
  private @Nullable Throwable failure;

  ExperimentWork(
      Workspace workspace, CellTrainer trainer, SweepDirectory sweep, Map<Trial, Cell> trials) {
    this.workspace = workspace;
    this.trainer = trainer;
    this.sweep = sweep;
    this.progress = new CellProgress(workspace.progress(), trials.values(), workspace.out());
    this.cells = List.copyOf(trials.values());
    boolean severalTasks = trials.keySet().stream().map(Trial::task).distinct().count() > 1;
    trials.forEach(
        (trial, cell) ->
            labels.put(
                cell.name(), trial.label() + (severalTasks ? ", " + trial.task().label() : "")));
  }

  void begin(String title) {
    String count = Texts.of(cells.size(), "training");
    workspace.out().println(title + ": " + count + " in " + sweep.runs());
  }

  /** Prints those that are finished, and returns the others of a part. */
  List<Cell> unfinished(WorkPart part) {
    List<Cell> unfinished = new ArrayList<>();
    for (int number = 1; number <= cells.size(); number++) {
      Cell cell = cells.get(number - 1);
      if (trainer.isFinished(cell, sweep.run(cell))) {
        progress.end(cell);
        print(cell, error(cell));
      } else if (part.has(number)) {
        unfinished.add(cell);
      } else {
        progress.skip(cell);
      }
    }
    return unfinished;
  }

  @Override
  public TrainingListener begins(Cell cell) {
    progress.begin(label(cell), number(cell));
    return progress;
  }

  @Override
  public void ended(Cell cell, CellEnd end) {
    if (end.outcome() == CellOutcome.INTERRUPTED || end.outcome() == CellOutcome.IN_USE) {
      return;
    }
    progress.end(cell);
    switch (end.outcome()) {
      case FOUND, TRAINED -> print(cell, error(cell));
      case DIVERGED -> print(cell, "diverged");
      case FAILED, TOO_LARGE -> {
        print(cell, "failed");
        failure = failure == null ? end.failure() : failure;
      }
      default -> print(cell, "elsewhere");
    }
  }

  /** Prints those that are left to other processes. */
  void leave(List<Cell> left) {
    workspace.progress().clear();
    if (!workspace.stop().getAsBoolean()) {
      left.forEach(cell -> print(cell, "elsewhere"));
    }
  }

  /** Throws what made the first training fail, once all others are done. */
  void throwIfAnyFailed() {
    if (failure instanceof RuntimeException thrown) {
      throw thrown;
    }
    if (failure instanceof Error thrown) {
      throw thrown;
    }
  }

  private String error(Cell cell) {
    EpochCompleted last = trainer.read(cell, sweep.run(cell)).last();
    return last == null ? "-" : Texts.percent(last.test().error());
  }

  private void print(Cell cell, String result) {
    workspace.progress().clear();
    PrintStream out = workspace.out();
    out.println(
        String.format(
            Locale.ROOT, "  %3d/%d  %9s  %s", number(cell), cells.size(), result, label(cell)));
    out.flush();
  }

  private int number(Cell cell) {
    return cells.indexOf(cell) + 1;
  }

  private String label(Cell cell) {
    return labels.getOrDefault(cell.name(), cell.name());
  }
}
