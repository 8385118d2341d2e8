package org.roundel.reproduce.toy;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.roundel.core.config.ConfigurationFile;
import org.roundel.core.run.AtomicFiles;
import org.roundel.report.Claim;
import org.roundel.report.table.Table;
import org.roundel.reproduce.experiment.Experiment;
import org.roundel.reproduce.experiment.Workspace;

/**
 * The paper's non-convex problem with one weight: as the rate falls, BinaryConnect settles near the
 * minimum and stochastic rounding goes on exploring.
 */
public final class ToyExperiment implements Experiment {
  private final ToyPlan plan;

  /** Makes one. */
  public ToyExperiment(ToyPlan plan) {
    this.plan = plan;
  }

  @Override
  public String name() {
    return "toy";
  }

  @Override
  public boolean run(Workspace workspace) {
    Results results = Results.compute(plan, workspace);
    if (!results.isComplete()) {
      return false;
    }
    Path directory = workspace.directory();
    AtomicFiles.write(
        directory.resolve("config.yaml"), ConfigurationFile.toYaml(plan.toSettings()));
    Table<?> methods = MethodTable.withLaws(results);
    Table<Law> laws = LawTables.laws(results);
    LawTables.histograms(results).write(directory.resolve("histograms.csv"));
    MethodTable.simulated(results).write(directory.resolve("methods.csv"));
    laws.write(directory.resolve("laws.csv"));
    Table<Law> known = laws.with(results.laws().stream().filter(Law::isKnown).toList());
    List<Claim> claims = Claims.of(results);
    ReportPage.write(directory, results, methods, known, claims);

    PrintStream out = workspace.out();
    methods.print(out, "Mean of f, deviation of w, and share of the steps at " + plan.bestPoints());
    if (known.isEmpty()) {
      out.println("Stochastic rounding has no exact law here; the report says why.");
    } else {
      known.print(out, "Stochastic rounding's exact law");
    }
    Claim.print(out, claims);
    return true;
  }
}
