package org.roundel.reproduce.markov;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.roundel.core.config.ConfigurationFile;
import org.roundel.core.run.AtomicFiles;
import org.roundel.report.Csv;
import org.roundel.report.Verdict;
import org.roundel.report.terminal.Table;
import org.roundel.reproduce.experiment.Claim;
import org.roundel.reproduce.experiment.Experiment;
import org.roundel.reproduce.experiment.Numbers;
import org.roundel.reproduce.experiment.Workspace;
import org.roundel.reproduce.theory.MarkovChain;
import org.roundel.reproduce.theory.Mixing;

/**
 * The paper's example of exploration without exploitation: scaling all moves of a chain leaves its
 * stationary law as it is, and only makes it slower to get there.
 */
public final class MarkovExperiment implements Experiment {
  /** The most states that are listed on the terminal and in the report. */
  static final int MOST_LISTED = 20;

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
    AtomicFiles.write(
        workspace.directory().resolve("config.yaml"), ConfigurationFile.toYaml(plan.settings()));
    writeData(workspace, result);
    List<Claim> claims = claims(result);
    ReportPage.write(workspace.directory(), result, claims);
    print(workspace.out(), result, claims);
    return true;
  }

  private static void writeData(Workspace workspace, Result result) {
    List<List<Object>> curve = new ArrayList<>();
    double[] steps = result.steps();
    for (int point = 0; point < steps.length; point++) {
      curve.add(
          List.of(
              (long) steps[point], result.distancesBefore[point], result.distancesAfter[point]));
    }
    Csv.write(
        workspace.directory().resolve("distance.csv"), List.of("step", "before", "after"), curve);
    List<List<Object>> laws = new ArrayList<>();
    for (int state = 0; state < result.lawBefore.length; state++) {
      laws.add(
          List.of(
              result.plan.chain().names().get(state),
              result.lawBefore[state],
              result.lawAfter[state]));
    }
    Csv.write(
        workspace.directory().resolve("stationary.csv"), List.of("state", "before", "after"), laws);
    writeChain(workspace, "chain-before.csv", result.plan.chain());
    writeChain(workspace, "chain-after.csv", result.scaled);
  }

  private static void writeChain(Workspace workspace, String name, MarkovChain chain) {
    List<String> headings = new ArrayList<>(List.of("from"));
    headings.addAll(chain.names());
    List<List<Object>> rows = new ArrayList<>();
    for (int from = 0; from < chain.size(); from++) {
      List<Object> row = new ArrayList<>(List.of(chain.names().get(from)));
      for (int to = 0; to < chain.size(); to++) {
        row.add(chain.probability(from, to));
      }
      rows.add(row);
    }
    Csv.write(workspace.directory().resolve(name), headings, rows);
  }

  private static List<Claim> claims(Result result) {
    double apart = Mixing.totalVariation(result.lawBefore, result.lawAfter);
    String factor = Numbers.plain(result.plan.factor());
    List<Claim> claims = new ArrayList<>();
    claims.add(
        Claim.decided(
            apart <= SAME,
            "Scaling all moves by " + factor + " leaves the stationary law as it is.",
            "Total variation between the two laws: " + Numbers.distance(apart) + "."));
    String claim = "With all moves scaled by " + factor + " the chain takes longer to mix.";
    String evidence =
        "Mixing time for a total variation of "
            + Numbers.plain(result.plan.epsilon())
            + ", from the worst start: "
            + Numbers.steps(result.timeBefore)
            + " steps before, "
            + Numbers.steps(result.timeAfter)
            + " after.";
    if (result.plan.factor() >= 1) {
      claims.add(
          new Claim(
              Verdict.UNCLEAR,
              claim,
              evidence + " The claim is about factors below 1, this is not."));
    } else {
      // A chain that never mixed and does now, as a periodic one, takes less long.
      long never = Long.MAX_VALUE;
      claims.add(
          Claim.decided(
              result.timeAfter.orElse(never) > result.timeBefore.orElse(never), claim, evidence));
    }
    return claims;
  }

  private static void print(PrintStream out, Result result, List<Claim> claims) {
    Table table = new Table("state", "before", "after");
    int states = result.lawBefore.length;
    for (int state = 0; state < Math.min(states, MOST_LISTED); state++) {
      table.add(
          result.plan.chain().names().get(state),
          Numbers.of(result.lawBefore[state]),
          Numbers.of(result.lawAfter[state]));
    }
    out.println("Stationary law before and after all moves times " + result.plan.factor());
    table.lines().forEach(line -> out.println("  " + line));
    if (states > MOST_LISTED) {
      out.println("  and " + (states - MOST_LISTED) + " more states in stationary.csv");
    }
    out.println(
        "Steps to a total variation of "
            + Numbers.plain(result.plan.epsilon())
            + ": "
            + Numbers.steps(result.timeBefore)
            + " before, "
            + Numbers.steps(result.timeAfter)
            + " after");
    Claim.print(out, claims);
  }
}
