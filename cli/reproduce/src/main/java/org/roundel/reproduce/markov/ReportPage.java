package org.roundel.reproduce.markov;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.roundel.report.Claim;
import org.roundel.report.Report;
import org.roundel.report.chart.Axis;
import org.roundel.report.chart.BarChart;
import org.roundel.report.chart.Bars;
import org.roundel.report.chart.Curve;
import org.roundel.report.chart.Line;
import org.roundel.report.chart.LineChart;
import org.roundel.report.chart.Palette;
import org.roundel.report.chart.drawing.ChartFiles;
import org.roundel.report.table.Table;
import org.roundel.reproduce.experiment.Experiment;
import org.roundel.reproduce.experiment.Numbers;

/** The figures and the report of {@link MarkovExperiment}. */
final class ReportPage {
  private static final int MOST_BARS = 60;

  /** Points of the curves that are listed: the first steps one by one where there are few. */
  private static final int LISTED_POINTS = 4;

  private ReportPage() {}

  static void write(Path directory, Result result, Table<Integer> laws, List<Claim> claims) {
    MarkovPlan plan = result.plan;
    Report report = new Report(ReportPage.class, "report.ftlh");
    boolean example = plan.source().equals(MarkovPlan.EXAMPLE);
    report.put("source", example ? plan.source() : "from " + plan.source());
    report.put("states", plan.chain().size());
    report.put("factor", Numbers.plain(plan.factor()));
    report.put("epsilon", Numbers.plain(plan.epsilon()));
    report.put("timeBefore", Numbers.steps(result.timeBefore));
    report.put("timeAfter", Numbers.steps(result.timeAfter));
    report.put("claims", claims);
    report.put("listed", plan.chain().size() <= Tables.MOST_LISTED);
    report.put("chainBefore", Tables.matrix(plan.chain()));
    report.put("chainAfter", Tables.matrix(result.scaled));
    report.put("distance", ChartFiles.write(directory, "distance", distance(result)));
    report.put("distances", Tables.distances(result).with(Tables.numbers(1, LISTED_POINTS + 1)));
    if (plan.chain().size() <= MOST_BARS) {
      report.put("stationary", ChartFiles.write(directory, "stationary", stationary(result)));
    }
    report.put("laws", laws);
    report.write(directory.resolve(Experiment.REPORT));
  }

  private static LineChart distance(Result result) {
    double[] steps = result.steps();
    double[] mixed = new double[steps.length];
    Arrays.fill(mixed, result.plan.epsilon());
    return new LineChart(
        "How fast the chain forgets its start",
        Axis.linear("Steps"),
        Axis.linear("Total variation").from(0).to(1),
        List.of(
            Curve.of("before", steps, result.distancesBefore, Line.SOLID, Palette.BINARY_CONNECT),
            Curve.of(
                scaledMoves(result),
                steps,
                result.distancesAfter,
                Line.DASHED,
                Palette.BIG_STOCHASTIC_ROUNDING),
            Curve.of("mixed", steps, mixed, Line.DOTTED, Palette.REFERENCE)));
  }

  private static BarChart stationary(Result result) {
    return new BarChart(
        "Stationary law",
        "State",
        Axis.linear("Probability").from(0),
        result.plan.chain().names(),
        List.of(
            Bars.of("before", result.lawBefore, Palette.BINARY_CONNECT),
            Bars.of(scaledMoves(result), result.lawAfter, Palette.BIG_STOCHASTIC_ROUNDING)));
  }

  private static String scaledMoves(Result result) {
    return "moves × " + Numbers.plain(result.plan.factor());
  }
}
