package org.roundel.cli.reproduce;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.roundel.cli.report.Report;
import org.roundel.cli.terminal.Texts;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.config.ConfigurationFile;
import org.roundel.core.config.RunSettings;
import org.roundel.core.experiment.Cell;
import org.roundel.core.experiment.CellOutcome;
import org.roundel.core.experiment.CellTrainer;
import org.roundel.core.run.AtomicFiles;
import org.roundel.core.training.EpochCompleted;
import org.roundel.core.training.RunRecord;

/**
 * Runs an experiment of trainings, each in a run directory of its own that all experiments share,
 * and writes what is finished: data, figures, report.
 */
public final class TrainingRuns implements Experiment {
  private final TrainingExperiment experiment;
  private final CellTrainer trainer;
  private final Path runs;
  private final Part part;
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
  TrainingRuns(
      TrainingExperiment experiment,
      CellTrainer trainer,
      Path runs,
      Part part,
      Map<String, Map<String, String>> settings) {
    this.experiment = experiment;
    this.trainer = trainer;
    this.runs = runs;
    this.part = part;
    for (Trial trial : experiment.trials()) {
      cells.put(trial, trial.cell(settings.getOrDefault(trial.column().dataset(), Map.of())));
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
    Set<String> checked = new LinkedHashSet<>();
    for (Cell cell : cells.values()) {
      if (!trainer.isFinished(cell, directory(cell))) {
        Map<String, String> settings = new TreeMap<>(cell.configuration().resolved());
        settings.remove(RunSettings.SEED.name());
        settings.remove(RunSettings.BATCH_SIZE.name());
        if (checked.add(
            settings.get("dataset") + settings.get("model") + settings.get("quantizer"))) {
          trainer.check(cell);
        }
      }
    }
  }

  /** Returns false if told to stop. */
  private boolean trainAll(Workspace workspace) throws IOException {
    PrintStream out = workspace.out();
    out.println(experiment.title() + ": " + cells.size() + " trainings in " + runs);
    CellProgress progress = new CellProgress(workspace.progress(), cells.values());
    int number = 0;
    for (Cell cell : cells.values()) {
      number++;
      if (!part.has(number) && !trainer.isFinished(cell, directory(cell))) {
        progress.skip(cell);
        continue;
      }
      progress.begin(cell, number);
      String told;
      try {
        CellOutcome outcome = trainer.train(cell, directory(cell), progress, workspace.stop());
        if (outcome == CellOutcome.INTERRUPTED) {
          workspace.progress().clear();
          return false;
        }
        told = told(outcome, cell);
      } catch (RoundelException failure) {
        if (failure.kind() != ErrorKind.DIVERGED) {
          throw failure;
        }
        told = "diverged";
      }
      progress.end(cell);
      workspace.progress().clear();
      out.println(
          String.format(
              Locale.ROOT, "  %3d/%d  %-52s %s", number, cells.size(), cell.name(), told));
      out.flush();
      if (workspace.stop().getAsBoolean()) {
        return number == cells.size();
      }
    }
    return true;
  }

  private String told(CellOutcome outcome, Cell cell) {
    if (outcome == CellOutcome.IN_USE) {
      return "elsewhere";
    }
    EpochCompleted last = trainer.read(cell, directory(cell)).last();
    return last == null ? "" : Texts.percent(last.test().error());
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
    AtomicFiles.write(directory.resolve("config.yaml"), ConfigurationFile.toYaml(configuration()));
    Results results = new Results(finished);
    TrainingData.write(results, directory);
    Report report = new Report(experiment.title());
    if (!missing.isEmpty()) {
      report.paragraph(
          missing.size()
              + " of "
              + cells.size()
              + " trainings are not finished; what follows is without them: "
              + String.join(", ", missing));
    }
    if (!results.isEmpty()) {
      experiment.describe(results, directory, report, workspace.out());
    }
    report.heading("Configuration").paragraph("What all trainings share, and what each has:");
    report.code(ConfigurationFile.toYaml(configuration()));
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
