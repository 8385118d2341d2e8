package org.roundel.reproduce.toy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.roundel.report.Claim;
import org.roundel.report.Report;
import org.roundel.report.chart.drawing.ChartFiles;
import org.roundel.report.table.Table;
import org.roundel.report.terminal.Texts;
import org.roundel.reproduce.experiment.Experiment;
import org.roundel.reproduce.experiment.Numbers;

/** The figures and the report of {@link ToyExperiment}. */
final class ReportPage {
  private ReportPage() {}

  /** Writes the page; {@code laws} are those that are known. */
  static void write(
      Path directory, Results results, Table<?> methods, Table<Law> laws, List<Claim> claims) {
    ToyPlan plan = results.plan();
    Charts charts = new Charts(results);
    Report report = new Report(ReportPage.class, "report.ftlh");
    report.put("setting", setting(plan));
    report.put("papersObjective", plan.hasThePapersObjective());
    report.put("bestPoints", plan.bestPoints());
    report.put("seeds", plan.seeds());
    report.put("claims", claims);
    report.put("methods", methods);
    report.put("minimum", ChartFiles.write(directory, "minimum", charts.best()));
    report.put("rates", rates(directory, results, charts));
    report.put("mixed", Double.toString(ToyPlan.EPSILON));
    report.put("margin", Law.START_MARGIN);
    if (!laws.isEmpty()) {
      report.put("laws", laws);
    }
    if (results.laws().stream().anyMatch(law -> law.distance() > Numbers.LEAST_DISTANCE)) {
      report.put("distance", ChartFiles.write(directory, "distance", charts.distance()));
    }
    if (results.laws().stream().anyMatch(law -> law.mixingTime().isPresent())) {
      report.put("mixing", ChartFiles.write(directory, "mixing", charts.mixing()));
    }
    report.write(directory.resolve(Experiment.REPORT));
  }

  private static String setting(ToyPlan plan) {
    return String.format(
        Locale.ROOT,
        "f(w) = %s\nΔ = %s, σ = %s, start %s, %s, %s from seed %d",
        plan.objective(),
        Numbers.plain(plan.spacing()),
        Numbers.plain(plan.noise()),
        Numbers.plain(plan.start()),
        Texts.of(plan.iterations(), "step"),
        Texts.of(plan.seeds(), "simulation"),
        plan.seed());
  }

  private static List<Map<String, Object>> rates(Path directory, Results results, Charts charts) {
    List<Map<String, Object>> rates = new ArrayList<>();
    for (int rate = 0; rate < results.plan().rates().size(); rate++) {
      Law law = results.law(rate);
      String name = Numbers.plain(results.plan().rates().get(rate));
      String file = "rate-" + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
      Map<String, Object> values = new HashMap<>();
      values.put("name", name);
      values.put(
          "binaryConnect", ChartFiles.write(directory, "bc-" + file, charts.binaryConnect(rate)));
      values.put(
          "stochasticRounding",
          ChartFiles.write(directory, "sr-" + file, charts.stochasticRounding(rate)));
      values.put("showsLimit", Charts.showsLimit(law));
      if (law.problem() != null) {
        values.put("problem", law.problem());
      }
      rates.add(values);
    }
    return rates;
  }
}
