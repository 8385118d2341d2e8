package org.roundel.cli.command.rate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.rate.RateCurve;
import org.roundel.core.rate.RatePoint;
import org.roundel.core.rate.RateRange;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import org.roundel.report.terminal.Texts;

/** Writes a range test as lines of text, 80 columns wide at most, and as a table of all updates. */
final class RateReport {
  private static final int MOST_ROWS = 20;
  private static final int BAR = 30;

  private RateReport() {}

  /**
   * Some updates in one row.
   *
   * @param last the last of them
   * @param moved the mean share of quantized weights that each moved
   * @param bar the smoothed loss as a line
   */
  private record Row(RatePoint last, double moved, String bar) {}

  /** Returns what is going to be tried. */
  static List<String> heading(RunConfiguration configuration, RateRange range) {
    return List.of(
        String.format(
            Locale.ROOT,
            "Trying learning rates for %s on %s",
            configuration.get(RunSettings.MODEL),
            configuration.get(RunSettings.DATASET)),
        row(
            "method",
            String.format(
                Locale.ROOT,
                "%s (%s), %s",
                configuration.get(RunSettings.QUANTIZER),
                configuration.get(RunSettings.QUANTIZE),
                configuration.get(RunSettings.OPTIMIZER))),
        row(
            "plan",
            String.format(
                Locale.ROOT,
                "%s to %s in %s, batches of %d, seed %d",
                Texts.rate(range.lowest()),
                Texts.rate(range.highest()),
                Texts.of(range.updates(), "update"),
                configuration.get(RunSettings.BATCH_SIZE),
                configuration.get(RunSettings.SEED))));
  }

  /** Returns what was found. */
  static List<String> lines(RateCurve curve) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    table(curve).lines().forEach(line -> lines.add("  " + line));
    lines.add("");
    lines.addAll(found(curve));
    lines.add(row("ended", ended(curve)));
    return lines;
  }

  /** Returns a row for each update, for a file. */
  static Table<RatePoint> updates(RateCurve curve) {
    return new Table<>(
        List.of(
            Column.data("update", RatePoint::update),
            Column.data("rate", RatePoint::rate),
            Column.data("loss", RatePoint::loss),
            Column.data("smoothed_loss", RatePoint::smoothedLoss),
            Column.data("moved_share", RatePoint::movedShare)),
        curve.points());
  }

  private static Table<Row> table(RateCurve curve) {
    List<Column<Row>> columns = new ArrayList<>();
    columns.add(Column.numbersOnTerminal("update", row -> Texts.count(row.last().update())));
    columns.add(Column.terminal("rate", row -> Texts.rate(row.last().rate())));
    if (isQuantized(curve)) {
      columns.add(Column.numbersOnTerminal("moved", row -> Texts.percent(row.moved())));
    }
    columns.add(
        Column.numbersOnTerminal("smoothed loss", row -> Texts.loss(row.last().smoothedLoss())));
    columns.add(Column.terminal("", Row::bar));
    return new Table<>(columns, rows(curve.points()));
  }

  private static List<Row> rows(List<RatePoint> points) {
    double largest = points.stream().mapToDouble(RatePoint::smoothedLoss).max().orElseThrow();
    int count = Math.min(MOST_ROWS, points.size());
    List<Row> rows = new ArrayList<>();
    int from = 0;
    for (int index = 1; index <= count; index++) {
      int to = (int) ((long) index * points.size() / count);
      List<RatePoint> part = points.subList(from, to);
      RatePoint last = part.get(part.size() - 1);
      double moved = part.stream().mapToDouble(RatePoint::movedShare).sum() / part.size();
      int length = (int) Math.round(BAR * last.smoothedLoss() / largest);
      rows.add(new Row(last, moved, "=".repeat(length)));
      from = to;
    }
    return rows;
  }

  private static boolean isQuantized(RateCurve curve) {
    return !Double.isNaN(curve.lowest().movedShare());
  }

  private static List<String> found(RateCurve curve) {
    RatePoint lowest = curve.lowest();
    List<String> lines = new ArrayList<>();
    lines.add(
        row(
            "lowest",
            String.format(
                Locale.ROOT,
                "smoothed loss %s at the rate %s, in update %s",
                Texts.loss(lowest.smoothedLoss()),
                Texts.rate(lowest.rate()),
                Texts.count(lowest.update()))));
    switch (curve.finding()) {
      case FOUND -> lines.addAll(suggested(curve, curve.suggestion().orElseThrow()));
      case STILL_FALLING ->
          lines.add(
              row(
                  "suggested",
                  "no rate: nothing shows that the loss rises; try a larger --highest"));
      case BELOW_THE_RANGE ->
          lines.add(
              row("suggested", "no rate: a tenth of that was not tried; try a smaller --lowest"));
    }
    return lines;
  }

  private static List<String> suggested(RateCurve curve, double rate) {
    List<String> lines = new ArrayList<>();
    lines.add(row("suggested", "--learning-rate " + Texts.rate(rate) + ", a tenth of that"));
    if (isQuantized(curve)) {
      lines.add(
          row(
              "moved",
              "near it "
                  + Texts.percent(curve.movedNear(rate))
                  + " of the quantized weights in an update; of weights"));
      lines.add(row("", "with few values this share, not the loss, limits the rate"));
    }
    return lines;
  }

  private static String ended(RateCurve curve) {
    String after =
        "after update " + Texts.count(curve.points().get(curve.points().size() - 1).update());
    return switch (curve.end()) {
      case HIGHEST_RATE -> after + ", at the highest rate";
      case LOSS_ROSE -> after + ": the smoothed loss was above 4 times its lowest";
      case NOT_FINITE -> after + ": the loss or a gradient of the next was not finite";
    };
  }

  private static String row(String label, String text) {
    return "  " + label + " ".repeat(Math.max(1, 11 - label.length())) + text;
  }
}
