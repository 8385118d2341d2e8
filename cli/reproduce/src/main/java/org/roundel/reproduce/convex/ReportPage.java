package org.roundel.reproduce.convex;

import static org.roundel.reproduce.experiment.Numbers.threeDigits;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.roundel.core.config.ConfigurationFile;
import org.roundel.report.Claim;
import org.roundel.report.Report;
import org.roundel.report.chart.Figure;
import org.roundel.report.table.Table;
import org.roundel.report.terminal.Texts;
import org.roundel.reproduce.theory.convex.StochasticObjective;

/** The page about the convex experiment. */
final class ReportPage {
  private ReportPage() {}

  /** Writes the page; {@code figures} by the names of their files. */
  static void write(
      Path file,
      Outcome outcome,
      Table<Double> quadratics,
      List<Claim> claims,
      Map<String, Figure> figures) {
    ConvexSettings settings = outcome.settings();
    ErrorTables tables = new ErrorTables(outcome);
    Report report = new Report(ReportPage.class, "report.ftlh");
    report.put("seeds", Texts.of(settings.seeds(), "seed"));
    report.put("dimension", settings.baseDimension());
    report.put("noise", Double.toString(settings.baseNoise()));
    report.put("steps", settings.steps());
    report.put("claims", claims);
    report.put("figures", figures);
    report.put("quadratics", quadratics);
    report.put("fits", new Scaling(outcome).fits());
    report.put("floors", tables.floors());
    report.put("buffer", tables.buffer());
    report.put("regression", regression(outcome));
    report.put("images", tables.images());
    report.put("settings", ConfigurationFile.toYaml(settings.asMap()));
    report.write(file);
  }

  private static Map<String, Object> regression(Outcome outcome) {
    StochasticObjective objective = outcome.logistic();
    return Map.of(
        "images", outcome.data().labels().length,
        "classes", outcome.data().classes(),
        "dataset", RegressionData.DATASET,
        "dimension", objective.dimension(),
        "penalty", Double.toString(RegressionData.PENALTY),
        "batch", RegressionData.BATCH,
        "smoothness", threeDigits(objective.smoothness()),
        "hessianLipschitz", threeDigits(objective.hessianLipschitz()),
        "minimizerNorm", threeDigits(norm(objective.minimizer())),
        "startExcess", threeDigits(objective.excess(new double[objective.dimension()])));
  }

  private static double norm(double[] vector) {
    double sum = 0;
    for (double each : vector) {
      sum += each * each;
    }
    return Math.sqrt(sum);
  }
}
