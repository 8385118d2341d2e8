package org.roundel.reproduce.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.roundel.core.config.ConfigurationFile;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.record.RunRecord;
import org.roundel.core.run.AtomicFiles;
import org.roundel.report.Report;
import org.roundel.reproduce.experiment.Experiment;
import org.roundel.reproduce.experiment.Workspace;
import org.roundel.sweep.cell.Cell;
import org.roundel.sweep.cell.CellTrainer;
import org.roundel.sweep.lease.Leases;
import org.roundel.sweep.work.SweepDirectory;
import org.roundel.sweep.work.Worker;

/**
 * Runs an experiment of trainings, each in a run directory of its own that all experiments share,
 * and writes what is finished: data, figures, report.
 */
public final class TrainedExperiment implements Experiment {
  private final TrainingExperiment experiment;
  private final CellTrainer trainer;
  private final SweepDirectory sweep;
  private final WorkPart part;
  private final Map<Trial, Cell> cells = new LinkedHashMap<>();

  /**
   * Makes one.
   *
   * @param experiment what to train
   * @param trainer trains
   * @param sweep where all experiments' trainings are
   * @param part which of the trainings this process does
   * @param settings by dataset, settings that win over the protocol's
   */
  TrainedExperiment(
      TrainingExperiment experiment,
      CellTrainer trainer,
      SweepDirectory sweep,
      WorkPart part,
      Map<String, Map<String, String>> settings) {
    this.experiment = experiment;
    this.trainer = trainer;
    this.sweep = sweep;
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
    sweep.grow(List.copyOf(cells.values()), false, null);
    ExperimentWork work = new ExperimentWork(workspace, trainer, sweep, cells);
    work.begin(experiment.title());
    List<Cell> own = work.unfinished(part);
    Worker worker =
        new Worker(
            sweep, trainer, new Leases(sweep.leases(), Leases.HEARTBEAT), work, workspace.stop());
    worker.forgive(own);
    List<Cell> left = worker.work(own);
    work.leave(left);
    write(workspace);
    work.throwIfAnyFailed();
    return left.isEmpty() || !workspace.stop().getAsBoolean();
  }

  private Path directory(Cell cell) {
    return sweep.run(cell);
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
