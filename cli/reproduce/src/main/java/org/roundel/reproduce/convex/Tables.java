package org.roundel.reproduce.convex;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roundel.report.Csv;
import org.roundel.report.terminal.Table;
import org.roundel.report.terminal.Texts;
import org.roundel.reproduce.convex.SweepPoint.Problem;
import org.roundel.reproduce.convex.SweepPoint.Rule;
import org.roundel.reproduce.theory.convex.DescentMethod;

/** The convex experiment's numbers as CSV files and as a table for the terminal. */
final class Tables {
  private static final List<String> IDENTITY =
      List.of("problem", "step_size", "method", "delta", "dimension", "noise", "steps");

  private Tables() {}

  /** Writes {@code results.csv}, a row per cell, and {@code curves.csv}, one per recorded step. */
  static void write(Path directory, Outcome outcome) {
    List<List<? extends @Nullable Object>> results = new ArrayList<>();
    List<List<? extends @Nullable Object>> curves = new ArrayList<>();
    for (Map.Entry<SweepPoint, Result> each : outcome.results().entrySet()) {
      SweepPoint cell = each.getKey();
      Result result = each.getValue();
      Bound bound = outcome.bound(cell);
      boolean derived =
          cell.problem() == Problem.QUADRATIC
              && cell.rule() == Rule.STRONGLY_CONVEX
              && cell.method() == DescentMethod.STOCHASTIC_ROUNDING;
      results.add(
          with(
              cell,
              result.average().last(),
              result.average().lastError(),
              result.iterate().last(),
              result.iterate().lastError(),
              result.quantized().last(),
              result.quantized().lastError(),
              result.averageRounded().last(),
              result.lastDecade(),
              result.g(),
              result.meanNorm(),
              result.tailSum(),
              result.distance(),
              result.roundingRatio(),
              result.lastWeight(),
              bound.theorem(),
              bound.at((double) cell.steps()),
              bound.floor(),
              bound.floor() == 0 ? Double.NaN : result.average().last() / bound.floor(),
              derived ? outcome.asymptote(cell) : Double.NaN,
              derived ? outcome.lowerBound(cell) : Double.NaN));
      for (int i = 0; i < result.steps().length; i++) {
        curves.add(
            with(
                cell,
                (long) result.steps()[i],
                result.average().mean()[i],
                result.average().standardError()[i],
                result.average().low()[i],
                result.average().high()[i],
                result.iterate().mean()[i],
                result.quantized().mean()[i],
                result.averageRounded().mean()[i],
                bound.at(result.steps()[i])));
      }
    }
    Csv.write(
        directory.resolve("results.csv"),
        headings(
            "average_error,average_standard_error,iterate_error,iterate_standard_error,"
                + "quantized_error,quantized_standard_error,rounded_average_error,"
                + "last_decade_ratio,g,mean_gradient_norm,tail_gradient_sum,distance,"
                + "lemma_1_ratio,last_weight,theorem,bound,bound_floor,tightness,"
                + "derived_floor,derived_lower_bound"),
        results);
    Csv.write(
        directory.resolve("curves.csv"),
        headings(
            "step,average_error,average_standard_error,average_low,average_high,"
                + "iterate_error,quantized_error,rounded_average_error,bound"),
        curves);
  }

  private static List<String> headings(String more) {
    List<String> all = new ArrayList<>(IDENTITY);
    all.addAll(Arrays.asList(more.split(",", -1)));
    return all;
  }

  private static List<? extends @Nullable Object> with(SweepPoint cell, Object... values) {
    List<Object> row = new ArrayList<>();
    row.add(small(cell.problem()));
    row.add(small(cell.rule()));
    row.add(small(cell.method()));
    row.add(cell.delta());
    row.add(cell.dimension());
    row.add(cell.noise());
    row.add(cell.steps());
    row.addAll(Arrays.asList(values));
    return row;
  }

  private static String small(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the lines for the terminal: F(average) − F* under the steps 1/(mu(t+1)). */
  static List<String> summary(Outcome outcome) {
    Table table =
        new Table("delta", "SR", "bound's floor", "BC Q_s", "BC Q_d", "SR, images", "BC, images");
    for (double delta : outcome.settings().deltas()) {
      SweepPoint rounding =
          outcome.base(
              Problem.QUADRATIC, Rule.STRONGLY_CONVEX, DescentMethod.STOCHASTIC_ROUNDING, delta);
      table.add(
          Double.toString(delta),
          error(outcome, rounding),
          number(outcome.bound(rounding).floor()),
          last(outcome, Problem.QUADRATIC, DescentMethod.BINARY_CONNECT_STOCHASTIC, delta),
          last(outcome, Problem.QUADRATIC, DescentMethod.BINARY_CONNECT_NEAREST, delta),
          last(outcome, Problem.LOGISTIC, DescentMethod.STOCHASTIC_ROUNDING, delta),
          last(outcome, Problem.LOGISTIC, DescentMethod.BINARY_CONNECT_STOCHASTIC, delta));
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "F(average) - F*: "
            + Texts.of(outcome.settings().steps(), "step")
            + ", "
            + Texts.of(outcome.settings().seeds(), "seed")
            + ", d = "
            + outcome.settings().baseDimension()
            + ", noise "
            + outcome.settings().baseNoise());
    for (String line : table.lines()) {
      lines.add("  " + line);
    }
    return lines;
  }

  private static String last(Outcome outcome, Problem problem, DescentMethod method, double delta) {
    return error(outcome, outcome.base(problem, Rule.STRONGLY_CONVEX, method, delta));
  }

  private static String error(Outcome outcome, SweepPoint cell) {
    return number(outcome.result(cell).average().last());
  }

  /** Returns a number in three digits. */
  static String number(double value) {
    double magnitude = Math.abs(value);
    if (value == 0 || (magnitude >= 0.001 && magnitude < 10_000)) {
      int digits = magnitude >= 100 ? 0 : magnitude >= 10 ? 1 : magnitude >= 1 ? 2 : 4;
      return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
    return String.format(Locale.ROOT, "%.2e", value);
  }
}
