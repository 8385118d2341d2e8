package org.roundel.reproduce.markov;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.roundel.report.Report;
import org.roundel.report.chart.Axis;
import org.roundel.report.chart.BarChart;
import org.roundel.report.chart.Bars;
import org.roundel.report.chart.Curve;
import org.roundel.report.chart.Line;
import org.roundel.report.chart.LineChart;
import org.roundel.report.chart.Palette;
import org.roundel.report.chart.drawing.ChartFiles;
import org.roundel.reproduce.experiment.Claim;
import org.roundel.reproduce.experiment.Experiment;
import org.roundel.reproduce.experiment.Numbers;
import org.roundel.reproduce.theory.MarkovChain;

/** The figures and the report of {@link MarkovExperiment}. */
final class ReportPage {
  private static final int MOST_BARS = 60;

  /** Derived from the paper's two matrices by hand: the distances after 1, 2, 3, 4 steps. */
  private static final List<String> DERIVED_BEFORE = List.of("0.16", "0", "0", "0");

  private static final List<String> DERIVED_AFTER = List.of("0.40", "0.22", "0.13", "0.075");

  private ReportPage() {}

  static void write(Path directory, Result result, List<Claim> claims) {
    String factor = Numbers.plain(result.plan.factor());
    Report report = new Report("A Markov chain whose moves are scaled");
    report.paragraph(
        "Stochastic rounding with a smaller learning rate moves less often, but where it moves to,"
            + " given that it moves, stays the same. Li et al. 2017 show what this does with a chain"
            + " of three states: all moves times a factor leave the stationary law as it is, and the"
            + " chain only takes longer to come near it. A smaller rate slows exploration down and"
            + " does not turn it into exploitation.");
    report.paragraph(
        "The chain is "
            + (result.plan.source().equals(MarkovPlan.EXAMPLE)
                ? MarkovPlan.EXAMPLE
                : "from " + result.plan.source())
            + ", with "
            + result.plan.chain().size()
            + " states; its moves are scaled by "
            + factor
            + ".");
    report.heading("What holds");
    Claim.report(report, claims);
    if (result.plan.chain().size() <= MarkovExperiment.MOST_LISTED) {
      report.heading("The two chains");
      report.paragraph("Before:");
      matrix(report, result.plan.chain());
      report.paragraph("After:");
      matrix(report, result.scaled);
    }
    report.heading("Distance from the stationary law");
    report.figure(
        ChartFiles.write(directory, "distance", distance(result)),
        "The total variation between the chain's law after so many steps and its stationary law,"
            + " from the worst start. The dotted line is where a chain counts as mixed.");
    distances(report, result);
    report.heading("Stationary law");
    laws(report, directory, result);
    report.heading("Files");
    report.paragraph(
        "distance.csv, stationary.csv, chain-before.csv and chain-after.csv hold all numbers,"
            + " config.yaml the settings.");
    report.write(directory.resolve(Experiment.REPORT));
  }

  private static void matrix(Report report, MarkovChain chain) {
    List<String> headings = new ArrayList<>(List.of("from \\ to"));
    headings.addAll(chain.names());
    List<List<String>> rows = new ArrayList<>();
    for (int from = 0; from < chain.size(); from++) {
      List<String> row = new ArrayList<>(List.of(chain.names().get(from)));
      for (int to = 0; to < chain.size(); to++) {
        row.add(Numbers.of(chain.probability(from, to)));
      }
      rows.add(row);
    }
    report.table(headings, rows);
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
                "moves × " + Numbers.plain(result.plan.factor()),
                steps,
                result.distancesAfter,
                Line.DASHED,
                Palette.BIG_STOCHASTIC_ROUNDING),
            Curve.of("mixed", steps, mixed, Line.DOTTED, Palette.REFERENCE)));
  }

  private static void distances(Report report, Result result) {
    boolean papers = result.plan.isThePapers();
    List<String> headings = new ArrayList<>(List.of("steps", "before", "after"));
    if (papers) {
      headings.addAll(List.of("before, derived by hand", "after, derived by hand"));
    }
    List<List<String>> rows = new ArrayList<>();
    // The first steps one by one where there are few, else the first points of the curve.
    for (int point = 1; point <= 4; point++) {
      List<String> row = new ArrayList<>();
      row.add(Long.toString(point * result.stride));
      row.add(Numbers.distance(result.distancesBefore[point]));
      row.add(Numbers.distance(result.distancesAfter[point]));
      if (papers) {
        row.add(DERIVED_BEFORE.get(point - 1));
        row.add(DERIVED_AFTER.get(point - 1));
      }
      rows.add(row);
    }
    report.table(headings, rows);
    report.paragraph(
        "Mixing time, the steps to a total variation of at most "
            + Numbers.plain(result.plan.epsilon())
            + " from the worst start: "
            + Numbers.steps(result.timeBefore)
            + " before, "
            + Numbers.steps(result.timeAfter)
            + " after.");
  }

  private static void laws(Report report, Path directory, Result result) {
    List<String> names = result.plan.chain().names();
    if (names.size() <= MOST_BARS) {
      BarChart chart =
          new BarChart(
              "Stationary law",
              "State",
              Axis.linear("Probability").from(0),
              names,
              List.of(
                  Bars.of("before", result.lawBefore, Palette.BINARY_CONNECT),
                  Bars.of(
                      "moves × " + Numbers.plain(result.plan.factor()),
                      result.lawAfter,
                      Palette.BIG_STOCHASTIC_ROUNDING)));
      report.figure(
          ChartFiles.write(directory, "stationary", chart),
          "The share of time that the chain spends in each state in the long run.");
    }
    List<String> headings = new ArrayList<>(List.of("state", "before", "after"));
    boolean papers = result.plan.isThePapers();
    if (papers) {
      headings.add("both, as in the paper");
    }
    List<String> paper = List.of("0.56", "0.20", "0.24");
    List<List<String>> rows = new ArrayList<>();
    for (int state = 0; state < Math.min(names.size(), MarkovExperiment.MOST_LISTED); state++) {
      List<String> row = new ArrayList<>();
      row.add(names.get(state));
      row.add(Numbers.of(result.lawBefore[state]));
      row.add(Numbers.of(result.lawAfter[state]));
      if (papers) {
        row.add(paper.get(state));
      }
      rows.add(row);
    }
    report.table(headings, rows);
    if (names.size() > MarkovExperiment.MOST_LISTED) {
      report.paragraph("The first states are listed; stationary.csv has all.");
    }
  }
}
