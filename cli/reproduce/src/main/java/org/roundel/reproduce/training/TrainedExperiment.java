package org.roundel.reproduce.training;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.roundel.core.config.ConfigurationFile;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.record.RunRecord;
import org.roundel.core.run.AtomicFiles;
import org.roundel.report.Report;
import org.roundel.report.terminal.Texts;
import org.roundel.reproduce.experiment.Experiment;
import org.roundel.reproduce.experiment.Workspace;
import org.roundel.sweep.cell.Cell;
import org.roundel.sweep.cell.CellOutcome;
import org.roundel.sweep.cell.CellProgress;
import org.roundel.sweep.cell.CellTrainer;

/**
 * Runs an experiment of trainings, each in a run directory of its own that all experiments share,
 * and writes what is finished: data, figures, report.
 */
public final class TrainedExperiment implements Experiment {
  private final TrainingExperiment experiment;
  private final CellTrainer trainer;
  private final Path runs;
  private final WorkPart part;
  private final Map<Trial, Cell> cells = new LinkedHashMap<>();

  /**
   * Makes one.
   *
   * @param experiment what to train
   * @param trainer trains
   * @param runs the directory of all run directories
   * @param part which of the trainings this process does
   * @param settings by dataset, settings that win over the protocol's
   */
  TrainedExperiment(
      TrainingExperiment experiment,
      CellTrainer trainer,
      Path runs,
      WorkPart part,
      Map<String, Map<String, String>> settings) {
    this.experiment = experiment;
    this.trainer = trainer;
    this.runs = runs;
    this.part = part;
    for (Trial trial : experiment.trials()) {
      cells.put(trial, trial.cell(settings.getOrDefault(trial.task().dataset(), Map.of())));
    }
  }

  @Override
  public String name() {
    return experiment.name();
  }

  @Override
  public boolean run(Workspace workspace) throws IOException {
    checkAll();
    boolean done = trainAll(workspace);
    write(workspace);
    return done;
  }

  private Path directory(Cell cell) {
    return runs.resolve(cell.name());
  }

  /** A missing dataset or a wrong option is told before hours of training, not after. */
  private void checkAll() {
    Set<List<String>> checked = new HashSet<>();
    for (Cell cell : cells.values()) {
      RunConfiguration run = cell.configuration();
      List<String> components =
          List.of(
              run.get(RunSettings.MODEL),
              run.get(RunSettings.DATASET),
              run.get(RunSettings.QUANTIZER));
      if (!trainer.isFinished(cell, directory(cell)) && checked.add(components)) {
        trainer.check(cell);
      }
    }
  }

  /** Returns false if told to stop before all were done. */
  private boolean trainAll(Workspace workspace) {
    PrintStream out = workspace.out();
    out.println(experiment.title() + ": " + Texts.of(cells.size(), "training") + " in " + runs);
    boolean severalTasks = cells.keySet().stream().map(Trial::task).distinct().count() > 1;
    CellProgress progress = new CellProgress(workspace.progress(), cells.values(), out);
    int number = 0;
    for (Map.Entry<Trial, Cell> entry : cells.entrySet()) {
      if (workspace.stop().getAsBoolean()) {
        return false;
      }
      Cell cell = entry.getValue();
      number++;
      if (!part.has(number) && !trainer.isFinished(cell, directory(cell))) {
        progress.skip(cell);
        continue;
      }
      Trial trial = entry.getKey();
      String label = trial.label() + (severalTasks ? ", " + trial.task().label() : "");
      progress.begin(label, number);
      CellOutcome outcome = trainer.train(cell, directory(cell), progress, workspace.stop());
      if (outcome == CellOutcome.INTERRUPTED) {
        return false;
      }
      progress.end(cell);
      workspace.progress().clear();
      out.println(
          String.format(
              Locale.ROOT,
              "  %3d/%d  %9s  %s",
              number,
              cells.size(),
              result(outcome, cell),
              label));
      out.flush();
    }
    return true;
  }

  private String result(CellOutcome outcome, Cell cell) {
    return switch (outcome) {
      case IN_USE -> "elsewhere";
      case DIVERGED -> "diverged";
      default -> {
        EpochCompleted last = trainer.read(cell, directory(cell)).last();
        yield last == null ? "-" : Texts.percent(last.test().error());
      }
    };
  }

  private void write(Workspace workspace) throws IOException {
    Map<Trial, RunRecord> finished = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    for (Map.Entry<Trial, Cell> entry : cells.entrySet()) {
      Cell cell = entry.getValue();
      if (trainer.isFinished(cell, directory(cell))) {
        finished.put(entry.getKey(), trainer.read(cell, directory(cell)));
      } else {
        missing.add(cell.name());
      }
    }
    Path directory = workspace.directory();
    String configuration = ConfigurationFile.toYaml(configuration());
    AtomicFiles.write(directory.resolve("config.yaml"), configuration);
    Results results = new Results(finished);
    DataFiles.write(results, directory);
    Report report = new Report(TrainedExperiment.class, experiment.name() + ".ftlh");
    report.put("title", experiment.title());
    report.put("trainings", cells.size());
    report.put("missing", missing);
    report.put("configuration", configuration);
    if (!results.isEmpty()) {
      experiment.describe(results, directory, report, workspace.out());
    }
    report.write(directory.resolve(REPORT));
  }

  /** Returns what all cells have in common, then every cell's own settings. */
  private Map<String, String> configuration() {
    Map<String, String> common = null;
    for (Cell cell : cells.values()) {
      Map<String, String> settings = cell.configuration().resolved();
      if (common == null) {
        common = new LinkedHashMap<>(settings);
      } else {
        common.entrySet().retainAll(settings.entrySet());
      }
    }
    Map<String, String> all = new LinkedHashMap<>(common == null ? Map.of() : common);
    for (Cell cell : cells.values()) {
      List<String> own = new ArrayList<>();
      cell.configuration()
          .resolved()
          .forEach(
              (key, value) -> {
                if (!all.containsKey(key)) {
                  own.add(key + "=" + value);
                }
              });
      all.put("run " + cell.name(), String.join(" ", own));
    }
    return all;
  }
}
