package org.roundel.cli.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.record.RunRecord;
import org.roundel.core.run.IoFailure;
import org.roundel.report.Csv;
import org.roundel.report.Report;
import org.roundel.report.chart.LineChart;
import org.roundel.report.chart.drawing.ChartFiles;
import org.roundel.report.terminal.Paragraph;
import org.roundel.report.terminal.Terminal;
import org.roundel.report.terminal.Texts;

/** Runs in one report, finished or not. */
public final class Comparison {
  /** The page. */
  public static final String REPORT = "report.html";

  /** The results of all runs and the settings that differ. */
  static final String RUNS = "runs.csv";

  /** The numbers of every epoch of every run. */
  static final String EPOCHS = "epochs.csv";

  private final ShownRuns shown;

  private Comparison(ShownRuns shown) {
    this.shown = shown;
  }

  /**
   * Reads the runs, in the order in which they are shown.
   *
   * @param done told how many are read
   * @throws RoundelException if a directory holds no run or a damaged one, or is named twice
   */
  public static Comparison of(List<Path> directories, LongConsumer done) {
    List<String> names = RunNames.of(directories);
    List<NamedRun> runs = new ArrayList<>();
    Set<Path> seen = new HashSet<>();
    for (Path directory : directories) {
      runs.add(NamedRun.of(names.get(runs.size()), RunRecord.read(directory)));
      if (!seen.add(real(directory))) {
        throw new RoundelException(
            ErrorKind.CONFIGURATION,
            "The run " + directory + " is named twice. Name every run once.");
      }
      done.accept(runs.size());
    }
    return new Comparison(ShownRuns.of(runs));
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
    List<String> lines = new ArrayList<>(Overview.lines(shown.runs()));
    if (!shown.areAll()) {
      lines.addAll(Paragraph.wrap(shown.note(), Terminal.DEFAULT_COLUMNS));
    }
    return lines;
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
          "The directory "
              + directory
              + " cannot be made: "
              + IoFailure.reason(e, directory)
              + ". Choose another by --out.",
          e);
    }
    List<String> settings = Differences.keys(shown.all());
    Report report = new Report("Comparison of " + Texts.of(shown.all().size(), "run"));
    if (!shown.areAll()) {
      report.paragraph(shown.note());
    }
    report.table(Overview.HEADINGS, Overview.rows(shown.runs()));
    addDifferences(report, settings);
    addFigures(report, directory);
    report.heading("Runs").table(List.of("run", "directory"), directories());
    report.paragraph(
        "The results are in "
            + RUNS
            + ", the figures' numbers in "
            + EPOCHS
            + ", beside this page.");
    Csv.write(
        directory.resolve(RUNS), RunRows.headings(settings), RunRows.of(shown.all(), settings));
    Csv.write(directory.resolve(EPOCHS), EpochRows.HEADINGS, EpochRows.of(shown.all()));
    report.write(page);
    return page;
  }

  private void addDifferences(Report report, List<String> settings) {
    report.heading("Settings that differ");
    if (settings.isEmpty()) {
      report.paragraph("None: all runs have the same configuration.");
      return;
    }
    List<String> headings = new ArrayList<>(List.of("setting"));
    shown.runs().forEach(run -> headings.add(run.name()));
    report.differences(headings, Differences.rows(settings, shown.runs()));
    report.paragraph(
        "Values marked with \u2260 are not those of the first run; all other settings are equal"
            + (shown.areAll() ? "." : " in all " + Texts.of(shown.all().size(), "run") + "."));
  }

  private void addFigures(Report report, Path directory) {
    List<NamedRun> runs = shown.runs();
    if (runs.stream().allMatch(run -> run.epochs().isEmpty())) {
      report.paragraph("No run has finished its first epoch, so there is nothing to draw yet.");
      return;
    }
    report.heading("Error");
    if (runs.stream().anyMatch(run -> run.epochs().size() > ComparisonCharts.MOST_POINTS)) {
      report.paragraph(
          "Of a run with more than "
              + ComparisonCharts.MOST_POINTS
              + " epochs, figures have every second, every third and so on.");
    }
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
        ComparisonCharts.flips(runs, "convolution", RunEpoch::convolutionFlips),
        flips);
    figure(
        report,
        directory,
        "flips-linear",
        ComparisonCharts.flips(runs, "linear", RunEpoch::linearFlips),
        flips);
    report.heading("Throughput");
    String throughput =
        "Training images per second of the epoch's updates, evaluation not counted.";
    figure(report, directory, "throughput", ComparisonCharts.throughput(runs), throughput);
  }

  private String weighting() {
    for (NamedRun run : shown.runs()) {
      RunEpoch last = run.last();
      if (last != null && !last.flipsWeighted()) {
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
    return shown.runs().stream()
        .map(run -> List.of(run.name(), run.path().toAbsolutePath().normalize().toString()))
        .toList();
  }
}
