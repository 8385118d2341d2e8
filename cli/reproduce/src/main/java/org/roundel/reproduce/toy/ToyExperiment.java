package org.roundel.reproduce.toy;

import java.io.PrintStream;
import java.util.List;
import org.roundel.core.config.ConfigurationFile;
import org.roundel.core.run.AtomicFiles;
import org.roundel.report.terminal.Table;
import org.roundel.reproduce.experiment.Claim;
import org.roundel.reproduce.experiment.Experiment;
import org.roundel.reproduce.experiment.Numbers;
import org.roundel.reproduce.experiment.Workspace;
import org.roundel.reproduce.theory.ToyMethod;

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
    AtomicFiles.write(
        workspace.directory().resolve("config.yaml"), ConfigurationFile.toYaml(plan.toSettings()));
    DataFiles.write(workspace.directory(), results);
    List<Claim> claims = Claims.of(results);
    ReportPage.write(workspace.directory(), results, claims);
    print(workspace.out(), results, claims);
    return true;
  }

  private static void print(PrintStream out, Results results, List<Claim> claims) {
    ToyPlan plan = results.plan();
    Table table = new Table("rate", "method", "mean of f", "deviation", "at minimum");
    for (int rate = 0; rate < plan.rates().size(); rate++) {
      String name = Numbers.plain(plan.rates().get(rate));
      for (ToyMethod method : ToyMethod.values()) {
        Measure measure = results.measure(rate, method);
        table.add(
            method == ToyMethod.STOCHASTIC_ROUNDING ? name : "",
            Results.name(method),
            Numbers.of(measure.objective()),
            Numbers.of(measure.deviation().mean()),
            Numbers.of(measure.best().mean()));
      }
      Law law = results.law(rate);
      addLaw(table, plan, "SR, exact", law, law.exact());
    }
    Law last = results.law(plan.rates().size() - 1);
    addLaw(table, plan, "SR, limit", last, last.limit());
    out.println("Mean of f, deviation of w, and share of the steps at " + plan.bestPoints());
    table.lines().forEach(line -> out.println("  " + line));
    printMixing(out, results);
    Claim.print(out, claims);
  }

  private static void addLaw(Table table, ToyPlan plan, String name, Law law, double[] shares) {
    if (law.isKnown()) {
      table.add(
          "",
          name,
          Numbers.of(law.meanObjective(plan, shares)),
          Numbers.of(law.deviation(shares)),
          Numbers.of(law.best(plan, shares)));
    }
  }

  private static void printMixing(PrintStream out, Results results) {
    Table table = new Table("rate", "distance from limit", "mixing time", "rate x mixing time");
    for (Law law : results.laws()) {
      if (law.isKnown()) {
        table.add(
            Numbers.plain(law.rate()),
            Numbers.distance(law.distance()),
            Numbers.steps(law.mixingTime()),
            Numbers.of(Claims.product(law)));
      }
    }
    if (table.isEmpty()) {
      out.println("Stochastic rounding has no exact law here; the report says why.");
    } else {
      out.println("Stochastic rounding's exact law");
      table.lines().forEach(line -> out.println("  " + line));
    }
  }
}
