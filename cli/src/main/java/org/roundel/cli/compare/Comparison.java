package org.roundel.cli.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.record.RunRecord;
import org.roundel.core.run.IoFailure;
import org.roundel.report.Report;
import org.roundel.report.chart.Figure;
import org.roundel.report.chart.drawing.ChartFiles;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
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

  /** The names of all that is written. */
  private static final Pattern OWN =
      Pattern.compile(
          "report\\.html|(runs|epochs)\\.csv"
              + "|(error|loss|rate|flips-[a-z]+|throughput)(-dark)?\\.(png|svg)");

  private final ShownRuns shown;
  private final List<UnreadableRun> unreadable;
  private final RunSizes sizes;

  private Comparison(ShownRuns shown, List<UnreadableRun> unreadable, RunSizes sizes) {
    this.shown = shown;
    this.unreadable = unreadable;
    this.sizes = sizes;
  }

  /** Returns the comparison with the sizes of the nets of those runs that are shown. */
  public Comparison withSizes(PluginRegistry registry) {
    return new Comparison(shown, unreadable, RunSizes.of(registry, shown.runs()));
  }

  /**
   * Returns all runs as one JSON object.
   *
   * @param report where the report is
   */
  public String json(Path report) {
    return ComparisonJson.of(shown.all(), sizes, unreadable, report);
  }

  /**
   * Reads the runs, in the order in which they are shown. One that cannot be read is left out.
   *
   * @param done told how many are read
   * @throws RoundelException if a directory is named twice, or none holds a run that can be read
   */
  public static Comparison of(List<Path> directories, LongConsumer done) {
    List<String> names = RunNames.of(directories);
    List<NamedRun> runs = new ArrayList<>();
    List<UnreadableRun> unreadable = new ArrayList<>();
    Set<Path> seen = new HashSet<>();
    for (int index = 0; index < names.size(); index++) {
      Path directory = directories.get(index);
      String name = names.get(index);
      if (!seen.add(real(directory))) {
        throw new RoundelException(
            ErrorKind.CONFIGURATION,
            "the run " + directory + " is named twice. Name every run once.");
      }
      try {
        runs.add(NamedRun.of(name, RunRecord.read(directory)));
      } catch (RoundelException failure) {
        unreadable.add(new UnreadableRun(name, failure));
      }
      done.accept(index + 1);
    }
    if (runs.isEmpty()) {
      throw UnreadableRun.all(unreadable);
    }
    return new Comparison(ShownRuns.of(runs), unreadable, RunSizes.UNKNOWN);
  }

  private static Path real(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException failed) {
      return directory.toAbsolutePath().normalize();
    }
  }

  /** Returns what is wrong with each run that could not be read, a sentence or more each. */
  public List<String> faults() {
    return unreadable.stream().map(UnreadableRun::fault).toList();
  }

  /** Returns the runs' results as lines of at most 80 characters. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(RunTable.of(shown.runs(), List.of(), sizes).lines());
    List<SeedGroup> groups = SeedGroup.of(shown.all());
    if (!groups.isEmpty()) {
      lines.add("");
      lines.add("Runs that differ in their seed only: mean ± standard deviation");
      SeedGroup.table(groups.subList(0, Math.min(groups.size(), ShownRuns.MOST)))
          .lines()
          .forEach(line -> lines.add("  " + line));
    }
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
    try {
      Files.createDirectories(directory);
      requireFree(directory);
    } catch (IOException failed) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "the directory "
              + directory
              + " cannot be made: "
              + IoFailure.reason(failed, directory)
              + ". Choose another by --out.",
          failed);
    }
    List<String> settings = Differences.keys(shown.all());
    Report report = report(settings);
    addFigures(report, directory);
    RunTable.of(shown.all(), settings, sizes).write(directory.resolve(RUNS));
    EpochTable.of(shown.all()).write(directory.resolve(EPOCHS));
    report.write(page);
    return page;
  }

  /** A link of such a name would be replaced, too, and not what it leads to. */
  private static void requireFree(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      Optional<Path> taken =
          entries
              .map(Path::getFileName)
              .filter(name -> OWN.matcher(name.toString()).matches())
              .sorted()
              .findFirst();
      if (taken.isPresent()) {
        throw new RoundelException(
            ErrorKind.CONFIGURATION,
            String.format(
                Locale.ROOT,
                "the directory %s already holds a report: it has %s. Choose another by --out.",
                directory,
                taken.get()));
      }
    }
  }

  private Report report(List<String> settings) {
    Report report = new Report(Comparison.class, "report.ftlh");
    report.put("runCount", Texts.of(shown.all().size(), "run"));
    if (!shown.areAll()) {
      report.put("note", shown.note());
    }
    if (!unreadable.isEmpty()) {
      report.put("unreadable", unreadable.stream().map(UnreadableRun::name).toList());
    }
    report.put("overview", RunTable.of(shown.runs(), settings, sizes));
    if (!settings.isEmpty()) {
      report.put("differences", Differences.table(settings, shown.runs()));
    }
    report.put("equal", Differences.equal(shown.all(), settings));
    List<SeedGroup> groups = SeedGroup.of(shown.all());
    if (!groups.isEmpty()) {
      report.put(
          "seeds", SeedGroup.table(groups.subList(0, Math.min(groups.size(), ShownRuns.MOST))));
    }
    report.put("directories", directories());
    report.put("runsFile", RUNS);
    report.put("epochsFile", EPOCHS);
    return report;
  }

  private void addFigures(Report report, Path directory) {
    List<NamedRun> runs = shown.runs();
    if (runs.stream().allMatch(run -> run.epochs().isEmpty())) {
      return;
    }
    report.put(
        "images",
        Images.of(runs).stream().map(Images::toString).collect(Collectors.joining(" or ")));
    report.put("mostPoints", ComparisonCharts.MOST_POINTS);
    report.put(
        "thinned",
        runs.stream().anyMatch(run -> run.epochs().size() > ComparisonCharts.MOST_POINTS));
    report.put("errors", ChartFiles.write(directory, "error", ComparisonCharts.errors(runs)));
    report.put("losses", ChartFiles.write(directory, "loss", ComparisonCharts.losses(runs)));
    report.put("rates", ChartFiles.write(directory, "rate", ComparisonCharts.rates(runs)));
    List<Figure> flips = new ArrayList<>();
    ComparisonCharts.flips(runs)
        .forEach(
            (name, chart) -> {
              if (!chart.curves().isEmpty()) {
                flips.add(ChartFiles.write(directory, "flips-" + name, chart));
              }
            });
    report.put("flips", flips);
    for (NamedRun run : runs) {
      RunEpoch last = run.last();
      if (last != null && !last.flipsWeighted()) {
        report.put("unweighted", run.name());
        break;
      }
    }
    report.put(
        "throughput", ChartFiles.write(directory, "throughput", ComparisonCharts.throughput(runs)));
  }

  private Table<NamedRun> directories() {
    return new Table<>(
        List.of(
            Column.page("run", NamedRun::name),
            Column.page("directory", run -> run.path().toAbsolutePath().normalize().toString())),
        shown.runs());
  }
}
