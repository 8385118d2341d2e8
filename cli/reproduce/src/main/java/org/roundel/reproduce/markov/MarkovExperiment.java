package org.roundel.reproduce.markov;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.roundel.core.config.ConfigurationFile;
import org.roundel.core.run.AtomicFiles;
import org.roundel.report.Claim;
import org.roundel.report.Verdict;
import org.roundel.report.table.Table;
import org.roundel.reproduce.experiment.Experiment;
import org.roundel.reproduce.experiment.Numbers;
import org.roundel.reproduce.experiment.Workspace;
import org.roundel.reproduce.theory.Mixing;

/**
 * The paper's example of exploration without exploitation: scaling all moves of a chain leaves its
 * stationary law as it is, and only makes it slower to get there.
 */
public final class MarkovExperiment implements Experiment {
  /** Both laws are computed to about 14 digits; what is nearer than this is the same. */
  private static final double SAME = 1e-9;

  private final MarkovPlan plan;

  /** Makes one for a chain. */
  public MarkovExperiment(MarkovPlan plan) {
    this.plan = plan;
  }

  @Override
  public String name() {
    return "markov";
  }

  @Override
  public boolean run(Workspace workspace) {
    workspace.progress().start("mixing times", 1);
    Result result = Result.of(plan);
    workspace.progress().close();
    if (workspace.stop().getAsBoolean()) {
      return false;
    }
    Path directory = workspace.directory();
    AtomicFiles.write(directory.resolve("config.yaml"), ConfigurationFile.toYaml(plan.settings()));
    Tables.distances(result).write(directory.resolve("distance.csv"));
    Table<Integer> laws = Tables.laws(result);
    laws.write(directory.resolve("stationary.csv"));
    Tables.matrix(plan.chain()).write(directory.resolve("chain-before.csv"));
    Tables.matrix(result.scaled).write(directory.resolve("chain-after.csv"));
    int states = plan.chain().size();
    Table<Integer> listed = laws.with(Tables.numbers(0, Math.min(states, Tables.MOST_LISTED)));
    List<Claim> claims = claims(result);
    ReportPage.write(directory, result, listed, claims);
    print(workspace.out(), result, listed, claims);
    return true;
  }

  private static List<Claim> claims(Result result) {
    double apart = Mixing.totalVariation(result.lawBefore, result.lawAfter);
    String factor = Numbers.plain(result.plan.factor());
    String evidence =
        String.format(
            Locale.ROOT,
            "Mixing time for a total variation of %s, from the worst start: %s steps before, %s"
                + " after.",
            Numbers.plain(result.plan.epsilon()),
            Numbers.steps(result.timeBefore),
            Numbers.steps(result.timeAfter));
    boolean slows = result.plan.factor() < 1;
    // A chain that never mixed and does now, as a periodic one, takes less long.
    long never = Long.MAX_VALUE;
    boolean longer = result.timeAfter.orElse(never) > result.timeBefore.orElse(never);
    return List.of(
        new Claim(
            Verdict.of(apart <= SAME),
            "Scaling all moves by " + factor + " leaves the stationary law as it is.",
            "Total variation between the two laws: " + Numbers.distance(apart) + "."),
        new Claim(
            slows ? Verdict.of(longer) : Verdict.UNCLEAR,
            "With all moves scaled by " + factor + " the chain takes longer to mix.",
            slows ? evidence : evidence + " The claim is about factors below 1, this is not."));
  }

  private static void print(
      PrintStream out, Result result, Table<Integer> laws, List<Claim> claims) {
    laws.print(out, "Stationary law before and after all moves times " + result.plan.factor());
    int more = result.lawBefore.length - Tables.MOST_LISTED;
    if (more > 0) {
      out.println("  and " + more + " more states in stationary.csv");
    }
    out.println(
        String.format(
            Locale.ROOT,
            "Steps to a total variation of %s: %s before, %s after",
            Numbers.plain(result.plan.epsilon()),
            Numbers.steps(result.timeBefore),
            Numbers.steps(result.timeAfter)));
    Claim.print(out, claims);
  }
}
