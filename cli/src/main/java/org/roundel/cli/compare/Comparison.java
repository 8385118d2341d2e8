package org.roundel.cli.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.roundel.api.model.ParameterRole;
import org.roundel.cli.chart.ChartFiles;
import org.roundel.cli.chart.LineChart;
import org.roundel.cli.report.Csv;
import org.roundel.cli.report.Report;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.training.EpochCompleted;
import org.roundel.core.training.RunRecord;

/** Runs in one report, finished or not. */
public final class Comparison {
  /** The page. */
  public static final String REPORT = "report.html";

  private static final String DATA = "epochs.csv";

  private final List<NamedRun> runs;

  private Comparison(List<NamedRun> runs) {
    this.runs = runs;
  }

  /**
   * Reads the runs, in the order in which they are shown.
   *
   * @throws RoundelException if a directory holds no run or a damaged one, or is named twice
   */
  public static Comparison of(List<Path> directories) {
    List<RunRecord> records = new ArrayList<>();
    Set<Path> seen = new LinkedHashSet<>();
    for (Path directory : directories) {
      records.add(RunRecord.read(directory));
      if (!seen.add(real(directory))) {
        throw new RoundelException(
            ErrorKind.CONFIGURATION,
            "The run " + directory + " is named twice. Name every run once.");
      }
    }
    return new Comparison(NamedRun.of(records));
  }

  private static Path real(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException e) {
      return directory.toAbsolutePath().normalize();
    }
  }

  /** Returns the runs' results as lines of at most 80 characters. */
  public List<String> lines() {
    return Overview.lines(runs);
  }

  /**
   * Writes the report, its figures and its data.
   *
   * @param directory made where it does not exist; must not hold a report
   * @throws RoundelException if it holds one or cannot be written
   */
  public Path write(Path directory) {
    Path page = directory.resolve(REPORT);
    if (Files.exists(page)) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "The directory " + directory + " already holds a report. Choose another by --out.");
    }
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "The directory " + directory + " cannot be made: " + e.getMessage() + ".",
          e);
    }
    Report report =
        new Report("Comparison of " + (runs.size() == 1 ? "1 run" : runs.size() + " runs"));
    report.table(Overview.HEADINGS, Overview.rows(runs));
    addDifferences(report);
    addFigures(report, directory);
    report.heading("Runs").table(List.of("run", "directory"), directories());
    report.paragraph("The figures' numbers are in " + DATA + ", beside this page.");
    Csv.write(directory.resolve(DATA), EpochRows.HEADINGS, EpochRows.of(runs));
    report.write(page);
    return page;
  }

  private void addDifferences(Report report) {
    report.heading("Settings that differ");
    List<List<String>> rows = Differences.rows(runs);
    if (rows.isEmpty()) {
      report.paragraph("None: all runs have the same configuration.");
      return;
    }
    List<String> headings = new ArrayList<>(List.of("setting"));
    runs.forEach(run -> headings.add(run.name()));
    report.differences(headings, rows);
    report.paragraph(
        "Values marked with \u2260 are not those of the first run; all other settings are equal.");
  }

  private void addFigures(Report report, Path directory) {
    if (runs.stream().allMatch(run -> run.epochs().isEmpty())) {
      report.paragraph("No run has finished its first epoch, so there is nothing to draw yet.");
      return;
    }
    report.heading("Error");
    String errors =
        "Solid: on the test images, with the net's own (quantized) weights. Dashed: on the"
            + " training batches. Dotted: on the test images, with latent weights.";
    figure(report, directory, "error", ComparisonCharts.errors(runs), errors);
    report.heading("Flips");
    String flips =
        "The share of weights whose sign differs from the start of training, over the quantized"
            + " layers, or over all where none is quantized. "
            + weighting();
    figure(
        report,
        directory,
        "flips-convolution",
        ComparisonCharts.flips(runs, ParameterRole.CONVOLUTION_WEIGHT, "convolution"),
        flips);
    figure(
        report,
        directory,
        "flips-linear",
        ComparisonCharts.flips(runs, ParameterRole.LINEAR_WEIGHT, "linear"),
        flips);
    report.heading("Throughput");
    String throughput =
        "Training images per second of the epoch's updates, evaluation not counted.";
    figure(report, directory, "throughput", ComparisonCharts.throughput(runs), throughput);
  }

  private String weighting() {
    for (NamedRun run : runs) {
      EpochCompleted last = run.record().last();
      if (last != null && !Flips.knowsCounts(last)) {
        return "Every weight counts the same; but the history of "
            + run.name()
            + " does not tell how many weights a layer has, so there it is the mean over layers.";
      }
    }
    return "Every weight counts the same.";
  }

  private static void figure(
      Report report, Path directory, String name, LineChart chart, String caption) {
    if (!chart.curves().isEmpty()) {
      report.figure(ChartFiles.write(directory, name, chart), caption);
    }
  }

  private List<List<String>> directories() {
    return runs.stream()
        .map(
            run -> List.of(run.name(), run.record().path().toAbsolutePath().normalize().toString()))
        .toList();
  }
}
