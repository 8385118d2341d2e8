package org.roundel.cli.runreport;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MessageText;
import org.roundel.cli.compare.ComparisonCharts;
import org.roundel.cli.compare.Images;
import org.roundel.cli.compare.NamedRun;
import org.roundel.core.RoundelException;
import org.roundel.core.config.RunSettings;
import org.roundel.core.record.RunManifest;
import org.roundel.core.record.RunRecord;
import org.roundel.core.run.RunDirectory;
import org.roundel.report.Report;
import org.roundel.report.chart.Figure;
import org.roundel.report.chart.drawing.ChartFiles;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;

/** A run's page, {@code report.html}: one file in the run's directory that loads nothing. */
final class RunReport {
  private RunReport() {}

  /** Returns where a run's report is. */
  static Path file(Path run) {
    return run.resolve(RunDirectory.REPORT);
  }

  /**
   * Writes the report of a run with an epoch at least; of another there is none.
   *
   * @param scored what the net says of the images that it was evaluated on; null if nobody has
   *     asked it
   * @throws RoundelException if the run cannot be read or the report not be written
   */
  static void write(Path directory, EndOfRun end, @Nullable ScoredEpoch scored) {
    RunRecord record = RunRecord.read(directory);
    if (record.epochs().isEmpty()) {
      return;
    }
    RunManifest manifest;
    try (RunDirectory run = RunDirectory.openForReading(directory)) {
      manifest = RunManifest.read(run.manifest());
    }
    Path absolute = directory.toAbsolutePath().normalize();
    Report report = new Report(RunReport.class, "report.ftlh");
    report.put("name", String.valueOf(absolute.getFileName()));
    report.put("directory", absolute.toString());
    report.put("detail", end.detail());
    report.put("facts", Facts.of(record, end, scored));
    figures(report, NamedRun.of("", record));
    report.put("images", (record.isValidated() ? Images.VALIDATION : Images.TEST).toString());
    report.put("epochs", EpochRows.of(record));
    report.put("shownEpochs", EpochRows.shown(record).size());
    report.put("allEpochs", record.epochs().size());
    report.put("layers", LayerRows.of(record));
    if (scored != null) {
      ClassParts.put(report, scored);
    }
    report.put("settings", pairs("setting", record.configuration().resolved()));
    Origin origin = new Origin(manifest.toJson());
    report.put("changes", origin.changes());
    report.put("environment", origin.environment());
    report.put("jars", origin.jars());
    report.put("sessions", origin.sessions());
    report.put("repeat", repeat(absolute));
    report.put("commands", origin.commands());
    report.write(file(directory));
  }

  private static String repeat(Path directory) {
    return "roundel train --from "
        + MessageText.shellWord(directory.resolve(RunDirectory.MANIFEST));
  }

  static Table<Map.Entry<String, String>> pairs(String name, Map<String, String> values) {
    return new Table<>(
        List.of(
            Column.page(name, Map.Entry::getKey),
            Column.page("value", entry -> entry.getValue().isEmpty() ? "–" : entry.getValue())),
        values.entrySet());
  }

  private static void figures(Report report, NamedRun run) {
    List<NamedRun> runs = List.of(run);
    report.put("error", ChartFiles.figure("error", ComparisonCharts.errors(runs)));
    report.put("loss", ChartFiles.figure("loss", ComparisonCharts.losses(runs)));
    List<Figure> more = new ArrayList<>();
    more.add(ChartFiles.figure("rate", ComparisonCharts.rates(runs)));
    more.add(ChartFiles.figure("throughput", ComparisonCharts.throughput(runs)));
    report.put("more", more);
    List<Figure> flips = new ArrayList<>();
    ComparisonCharts.flips(runs)
        .forEach(
            (name, chart) -> {
              if (!chart.curves().isEmpty()) {
                flips.add(ChartFiles.figure("flips-" + name, chart));
              }
            });
    report.put("flips", flips);
    report.put("latent", run.hasLatentError());
    report.put("thinned", run.epochs().size() > ComparisonCharts.MOST_POINTS);
  }

  /** Returns what is said of a run's net and data in a few words. */
  static String subject(RunRecord record) {
    return record.configuration().get(RunSettings.MODEL)
        + " on "
        + record.configuration().get(RunSettings.DATASET);
  }
}
