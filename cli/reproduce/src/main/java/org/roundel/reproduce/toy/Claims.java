package org.roundel.reproduce.toy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.roundel.report.Claim;
import org.roundel.report.Verdict;
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
    Estimate share = results.measure(results.plan().rates().size() - 1, method).best();
    return new Claim(
        settled(share, results.plan()),
        String.format(
            Locale.ROOT,
            "As the rate falls, BinaryConnect with %s rounding settles on the grid points next to"
                + " the minimum.",
            method == ToyMethod.BINARY_CONNECT_NEAREST ? "nearest" : "stochastic"),
        shares(results, method));
  }

  private static Claim keepsExploring(Results results) {
    ToyPlan plan = results.plan();
    int smallest = plan.rates().size() - 1;
    Law law = results.law(smallest);
    Estimate share = results.measure(smallest, ToyMethod.STOCHASTIC_ROUNDING).best();
    String evidence = shares(results, ToyMethod.STOCHASTIC_ROUNDING);
    if (law.isKnown()) {
      share = new Estimate(law.best(plan, law.exact()), 0);
      evidence +=
          String.format(
              Locale.ROOT,
              " By the exact law %s, in the limit %s.",
              Numbers.of(share.mean()),
              Numbers.of(law.best(plan, law.limit())));
    }
    return new Claim(
        settled(share, plan).opposite(),
        "Stochastic rounding does not settle there, however small the rate.",
        evidence);
  }

  private static Verdict settled(Estimate share, ToyPlan plan) {
    // Without a standard error, from one simulation only, a hundredth either way is left open.
    double doubt = Double.isNaN(share.error()) ? 0.01 : allowed(plan) * share.error();
    double above = share.mean() - SETTLED;
    return Math.abs(above) < doubt ? Verdict.UNCLEAR : Verdict.of(above >= 0);
  }

  private static String shares(Results results, ToyMethod method) {
    List<String> shares = new ArrayList<>();
    for (int rate = 0; rate < results.plan().rates().size(); rate++) {
      shares.add(
          atRate(
              results.plan().rates().get(rate), Numbers.of(results.measure(rate, method).best())));
    }
    return String.format(
        Locale.ROOT,
        "Share of the steps at %s: %s. Settled means at least %s.",
        results.plan().bestPoints(),
        String.join(", ", shares),
        SETTLED);
  }

  private static String atRate(double rate, String number) {
    return number + " at rate " + Numbers.plain(rate);
  }

  private static Claim simulationFollowsLaw(Results results) {
    String claim = "Simulated stochastic rounding has the mean of f that its exact law says.";
    List<String> evidence = new ArrayList<>();
    double worst = 0;
    for (int rate = 0; rate < results.plan().rates().size(); rate++) {
      Law law = results.law(rate);
      Estimate found = results.measure(rate, ToyMethod.STOCHASTIC_ROUNDING).objective();
      if (law.isKnown() && found.error() > 0) {
        double expected = law.meanObjective(results.plan(), law.exact());
        worst = Math.max(worst, Math.abs(found.mean() - expected) / found.error());
        evidence.add(
            String.format(
                Locale.ROOT,
                "At rate %s: %s, exact %s.",
                Numbers.plain(law.rate()),
                Numbers.of(found),
                Numbers.of(expected)));
      }
    }
    if (evidence.isEmpty()) {
      return new Claim(Verdict.UNCLEAR, claim, "There is no exact law, or no standard error.");
    }
    evidence.add(
        String.format(
            Locale.ROOT,
            "Off by at most %s standard errors; %s are allowed. The start is included.",
            Numbers.of(worst),
            Numbers.plain(allowed(results.plan()))));
    Verdict verdict = Verdict.of(worst <= allowed(results.plan()));
    return new Claim(verdict, claim, String.join(" ", evidence));
  }

  private static double allowed(ToyPlan plan) {
    return plan.seeds() < ERRORS.length ? ERRORS[plan.seeds()] : ERRORS_OF_MORE;
  }

  private static Claim approachesLimit(Results results) {
    String claim =
        "Theorem 5: as the rate falls, stochastic rounding's law approaches a limit that does not"
            + " depend on the rate.";
    Law law = results.law(results.plan().rates().size() - 1);
    if (!law.isKnown()) {
      return new Claim(Verdict.UNCLEAR, claim, "There is no exact law: " + law.problem());
    }
    List<String> distances = new ArrayList<>();
    boolean falls = true;
    double before = Double.POSITIVE_INFINITY;
    for (Law each : results.laws()) {
      if (each.isKnown()) {
        falls &= each.distance() <= before + ROUNDING;
        before = each.distance();
        distances.add(atRate(each.rate(), Numbers.distance(each.distance())));
      }
    }
    String evidence =
        "Total variation between law and limit: " + String.join(", ", distances) + ".";
    if (falls && law.distance() > NEAR_LIMIT) {
      return new Claim(
          Verdict.UNCLEAR, claim, evidence + " Smaller rates are needed to come within 0.01.");
    }
    return new Claim(Verdict.of(falls), claim, evidence);
  }

  private static Claim mixesEverMoreSlowly(Results results) {
    String claim =
        "Theorem 6: as the rate falls, stochastic rounding mixes ever more slowly, in the end in"
            + " proportion to 1/rate.";
    List<Law> mixing = results.laws().stream().filter(law -> law.mixingTime().isPresent()).toList();
    if (mixing.size() < 2) {
      return new Claim(Verdict.UNCLEAR, claim, "There are mixing times at less than two rates.");
    }
    List<String> products = new ArrayList<>();
    boolean grows = true;
    long before = 0;
    for (Law law : mixing) {
      products.add(atRate(law.rate(), Numbers.of(law.rateTimesMixingTime())));
      grows &= law.mixingTime().getAsLong() > before || products.size() == 1;
      before = law.mixingTime().getAsLong();
    }
    String evidence = "Mixing time times rate: " + String.join(", ", products) + ".";
    double last = mixing.get(mixing.size() - 1).rateTimesMixingTime();
    double ratio = last / mixing.get(mixing.size() - 2).rateTimesMixingTime();
    if (grows && Math.abs(ratio - 1) > 0.05) {
      return new Claim(
          Verdict.UNCLEAR, claim, evidence + " Smaller rates are needed to see the proportion.");
    }
    return new Claim(Verdict.of(grows), claim, evidence);
  }
}
