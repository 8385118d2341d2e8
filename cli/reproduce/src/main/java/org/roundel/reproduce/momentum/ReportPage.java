package org.roundel.reproduce.momentum;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.roundel.report.Claim;
import org.roundel.report.Report;
import org.roundel.report.chart.drawing.ChartFiles;
import org.roundel.report.terminal.Texts;
import org.roundel.reproduce.experiment.Experiment;
import org.roundel.reproduce.experiment.Numbers;

/** The figures and the report of {@link MomentumExperiment}. */
final class ReportPage {
  private ReportPage() {}

  static void write(Path directory, Results results, List<Claim> claims) {
    Charts charts = new Charts(results);
    Report report = new Report(ReportPage.class, "report.ftlh");
    report.put("setting", setting(results.plan()));
    report.put("rate", Numbers.plain(results.plan().smallestRate()));
    report.put("claims", claims);
    report.put("momentumTable", Tables.momentum(results));
    report.put("batchTable", Tables.batches(results));
    report.put("momentum", ChartFiles.write(directory, "momentum", charts.momentum()));
    report.put("batches", ChartFiles.write(directory, "batches", charts.batches()));
    boolean hasMomentum = results.plan().momenta().size() > 1;
    if (hasMomentum) {
      report.put("overshoot", ChartFiles.write(directory, "overshoot", charts.overshoot()));
    }
    report.write(directory.resolve(Experiment.REPORT));
  }

  private static String setting(MomentumPlan plan) {
    return String.format(
        Locale.ROOT,
        "F(w) = (c/2)·(w − w*)², c = %s, w* = %s, Δ = %s, σ = %s\n%s of %s each, from seed %d",
        Numbers.plain(plan.problem().curvature()),
        Numbers.plain(plan.problem().minimum()),
        Numbers.plain(plan.problem().spacing()),
        Numbers.plain(plan.problem().noise()),
        Texts.of(plan.seeds(), "simulation"),
        Texts.of(plan.updates(), "update"),
        plan.seed());
  }
}
