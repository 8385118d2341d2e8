package org.roundel.reproduce.toy;

import java.util.ArrayList;
import java.util.List;
import org.roundel.report.Verdict;
import org.roundel.reproduce.experiment.Claim;
import org.roundel.reproduce.experiment.Estimate;
import org.roundel.reproduce.experiment.Numbers;
import org.roundel.reproduce.theory.ToyMethod;

/** What the theory says about the toy problem, held against the numbers. */
final class Claims {
  /** A method that spends this share of its steps next to the minimum has settled there. */
  static final double SETTLED = 0.95;

  /**
   * How many standard errors a simulation may be off, by the number of simulations: where Student's
   * t leaves a chance of 10^−4. A single simulation has its error from 100 stretches.
   */
  private static final double[] ERRORS = {
    Double.NaN, 4.1, 6366, 100, 28.1, 13.1, 9.68, 8.03, 7.07, 6.45, 6.02
  };

  private static final double ERRORS_OF_MORE = 5.7;

  /** What the rounding of the exact law's arithmetic may add to a distance. */
  private static final double ROUNDING = 1e-9;

  private static final double NEAR_LIMIT = 0.01;

  private Claims() {}

  static List<Claim> of(Results results) {
    List<Claim> claims = new ArrayList<>();
    claims.add(settles(results, ToyMethod.BINARY_CONNECT_NEAREST));
    claims.add(settles(results, ToyMethod.BINARY_CONNECT_STOCHASTIC));
    claims.add(keepsExploring(results));
    claims.add(simulationFollowsLaw(results));
    claims.add(approachesLimit(results));
    claims.add(mixesEverMoreSlowly(results));
    return claims;
  }

  private static Claim settles(Results results, ToyMethod method) {
    ToyPlan plan = results.plan();
    int smallest = plan.rates().size() - 1;
    Estimate share = results.measure(smallest, method).best();
    String claim =
        "As the rate falls, BinaryConnect with "
            + (method == ToyMethod.BINARY_CONNECT_NEAREST ? "nearest" : "stochastic")
            + " rounding settles on the grid points next to the minimum.";
    return new Claim(above(share, results.plan()), claim, shares(results, method));
  }

  private static Claim keepsExploring(Results results) {
    int smallest = results.plan().rates().size() - 1;
    Law law = results.law(smallest);
    Estimate share = results.measure(smallest, ToyMethod.STOCHASTIC_ROUNDING).best();
    String evidence = shares(results, ToyMethod.STOCHASTIC_ROUNDING);
    if (law.isKnown()) {
      share = new Estimate(law.best(results.plan(), law.exact()), 0);
      evidence +=
          " By the exact law "
              + Numbers.of(share.mean())
              + ", in the limit "
              + Numbers.of(law.best(results.plan(), law.limit()))
              + ".";
    }
    Verdict verdict =
        switch (above(share, results.plan())) {
          case HOLDS -> Verdict.FAILS;
          case FAILS -> Verdict.HOLDS;
          case UNCLEAR -> Verdict.UNCLEAR;
        };
    return new Claim(
        verdict, "Stochastic rounding does not settle there, however small the rate.", evidence);
  }

  private static Verdict above(Estimate share, ToyPlan plan) {
    // Without a standard error, from one simulation only, a hundredth either way is left open.
    double doubt = Double.isNaN(share.error()) ? 0.01 : allowed(plan) * share.error();
    if (Math.abs(share.mean() - SETTLED) < doubt) {
      return Verdict.UNCLEAR;
    }
    return share.mean() >= SETTLED ? Verdict.HOLDS : Verdict.FAILS;
  }

  private static String shares(Results results, ToyMethod method) {
    StringBuilder text =
        new StringBuilder("Share of the steps at " + results.plan().bestPoints() + ": ");
    for (int rate = 0; rate < results.plan().rates().size(); rate++) {
      text.append(rate == 0 ? "" : ", ")
          .append(Numbers.of(results.measure(rate, method).best()))
          .append(" at rate ")
          .append(Numbers.plain(results.plan().rates().get(rate)));
    }
    return text.append(". Settled means at least ").append(SETTLED).append('.').toString();
  }

  private static Claim simulationFollowsLaw(Results results) {
    String claim = "Simulated stochastic rounding has the mean of f that its exact law says.";
    StringBuilder evidence = new StringBuilder();
    int known = 0;
    double worst = 0;
    for (int rate = 0; rate < results.plan().rates().size(); rate++) {
      Law law = results.law(rate);
      Estimate found = results.measure(rate, ToyMethod.STOCHASTIC_ROUNDING).objective();
      if (law.isKnown() && found.error() > 0) {
        double expected = law.meanObjective(results.plan(), law.exact());
        double off = Math.abs(found.mean() - expected) / found.error();
        worst = Math.max(worst, off);
        known++;
        evidence
            .append("At rate ")
            .append(Numbers.plain(law.rate()))
            .append(": ")
            .append(Numbers.of(found))
            .append(", exact ")
            .append(Numbers.of(expected))
            .append(". ");
      }
    }
    if (known == 0) {
      return new Claim(Verdict.UNCLEAR, claim, "There is no exact law, or no standard error.");
    }
    evidence.append("Off by at most ").append(Numbers.of(worst)).append(" standard errors; ");
    evidence
        .append(Numbers.plain(allowed(results.plan())))
        .append(" are allowed. The start is included.");
    return Claim.decided(worst <= allowed(results.plan()), claim, evidence.toString());
  }

  private static double allowed(ToyPlan plan) {
    return plan.seeds() < ERRORS.length ? ERRORS[plan.seeds()] : ERRORS_OF_MORE;
  }

  private static Claim approachesLimit(Results results) {
    String claim =
        "Theorem 5: as the rate falls, stochastic rounding's law approaches a limit that does not"
            + " depend on the rate.";
    int last = results.plan().rates().size() - 1;
    Law law = results.law(last);
    if (!law.isKnown()) {
      return new Claim(Verdict.UNCLEAR, claim, "There is no exact law: " + law.problem());
    }
    StringBuilder evidence = new StringBuilder("Total variation between law and limit: ");
    boolean falls = true;
    double before = Double.POSITIVE_INFINITY;
    for (Law each : results.laws()) {
      if (each.isKnown()) {
        falls &= each.distance() <= before + ROUNDING;
        before = each.distance();
        evidence
            .append(Numbers.distance(each.distance()))
            .append(" at rate ")
            .append(Numbers.plain(each.rate()))
            .append(each.equals(law) ? "." : ", ");
      }
    }
    if (falls && law.distance() > NEAR_LIMIT) {
      return new Claim(
          Verdict.UNCLEAR, claim, evidence + " Smaller rates are needed to come within 0.01.");
    }
    return Claim.decided(falls, claim, evidence.toString());
  }

  private static Claim mixesEverMoreSlowly(Results results) {
    String claim =
        "Theorem 6: as the rate falls, stochastic rounding mixes ever more slowly, in the end in"
            + " proportion to 1/rate.";
    List<Law> mixing = new ArrayList<>();
    for (Law law : results.laws()) {
      if (law.mixingTime().isPresent()) {
        mixing.add(law);
      }
    }
    if (mixing.size() < 2) {
      return new Claim(Verdict.UNCLEAR, claim, "There are mixing times at less than two rates.");
    }
    StringBuilder evidence = new StringBuilder("Mixing time times rate: ");
    boolean grows = true;
    for (int index = 0; index < mixing.size(); index++) {
      evidence
          .append(index == 0 ? "" : ", ")
          .append(Numbers.of(product(mixing.get(index))))
          .append(" at rate ")
          .append(Numbers.plain(mixing.get(index).rate()));
      grows &=
          index == 0
              || mixing.get(index).mixingTime().getAsLong()
                  > mixing.get(index - 1).mixingTime().getAsLong();
    }
    double last = product(mixing.get(mixing.size() - 1));
    double ratio = last / product(mixing.get(mixing.size() - 2));
    if (grows && Math.abs(ratio - 1) > 0.05) {
      return new Claim(
          Verdict.UNCLEAR, claim, evidence + ". Smaller rates are needed to see the proportion.");
    }
    return Claim.decided(grows, claim, evidence.append('.').toString());
  }

  static double product(Law law) {
    return law.mixingTime().isPresent() ? law.rate() * law.mixingTime().getAsLong() : Double.NaN;
  }
}
