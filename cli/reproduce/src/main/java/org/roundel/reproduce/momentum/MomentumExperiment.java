package org.roundel.reproduce.momentum;

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
 * What big batches do for stochastic rounding, on a quadratic of one weight: the floor does not
 * depend on the rate, falls like 1/√batch, and momentum lowers it as a larger batch would until it
 * outlives the time between moves.
 */
public final class MomentumExperiment implements Experiment {
  private final MomentumPlan plan;

  /** Makes one. */
  public MomentumExperiment(MomentumPlan plan) {
    this.plan = plan;
  }

  @Override
  public String name() {
    return "momentum";
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
    Table<Point> momentum = Tables.momentum(results);
    Table<BatchPoint> batches = Tables.batches(results);
    momentum.write(directory.resolve("momentum.csv"));
    batches.write(directory.resolve("batches.csv"));
    List<Claim> claims = new Claims(results).all();
    ReportPage.write(directory, results, claims);

    PrintStream out = workspace.out();
    momentum.print(out, "Mean of (w - minimum)^2 by rate and momentum");
    batches.print(out, "The same by batch, without momentum");
    Claim.print(out, claims);
    return true;
  }
}
