package org.roundel.reproduce.momentum;

import static org.roundel.reproduce.experiment.Numbers.plain;
import static org.roundel.reproduce.experiment.Numbers.threeDigits;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.roundel.report.Claim;
import org.roundel.report.Verdict;
import org.roundel.reproduce.experiment.Numbers;

/** What the derivation says, held against the numbers. */
final class Claims {
  /** Normal errors come this far with probability 10^−5, the 50 stretches' spread allowed for. */
  private static final double STANDARD_ERRORS = 5;

  /** What the exact laws' grids may be off, as a share. */
  private static final double EXACT = 1e-5;

  /** Where the law's limit counts as reached. */
  private static final double NEAR = 1e-3;

  /** How far the closed form may be off where the noise is large, as a share. */
  private static final double CLOSED_FORM = 0.02;

  /** Momentum is free below this share, and no longer above that one. */
  private static final double FREE = 0.3;

  private static final double OUTLIVED = 1;

  private final Results results;

  Claims(Results results) {
    this.results = results;
  }

  List<Claim> all() {
    return List.of(
        rateDropsOut(),
        balance(),
        fallsWithBatch(),
        actsAsBatch(),
        outlives(),
        bestMomentum(),
        signs(),
        simulations());
  }

  private Claim rateDropsOut() {
    List<String> floors = new ArrayList<>();
    double off = Double.NaN;
    for (Point point : results.points()) {
      if (point.settings().momentum() == 0) {
        off = Math.abs(point.excess() - 1);
        floors.add(at(point, Numbers.of(point.exact().meanSquare())));
      }
    }
    BatchPoint quiet = results.batches().get(results.batches().size() - 1);
    return new Claim(
        Verdict.of(off <= NEAR),
        "As the rate falls, the floor without momentum goes to a limit above 0 that does not depend"
            + " on the rate.",
        String.format(
            Locale.ROOT,
            "Mean of (w − w*)²: %s; limit %s. At the last rate the two differ by a share of %s."
                + " Without noise it would be %s.",
            String.join(", ", floors),
            Numbers.of(results.points().get(0).batch().meanSquare()),
            share(off),
            Numbers.of(quiet.gradient().meanSquare())));
  }

  private Claim balance() {
    String text =
        "The floor is ΔE|v|/(2c) + αβEv²/(c(1 − β)): the mean size of an update per unit of rate,"
            + " and what momentum adds.";
    List<Point> shortUpdates = results.points().stream().filter(Point::hasShortUpdates).toList();
    double worst = 0;
    for (Point point : shortUpdates) {
      double share = point.exact().balancedMeanSquare() / point.exact().meanSquare() - 1;
      worst = Math.max(worst, Math.abs(share));
    }
    String brief = "The floor is delta E|v|/(2c) + rate beta E v^2/(c(1 - beta)).";
    if (shortUpdates.isEmpty()) {
      return new Claim(
          Verdict.UNCLEAR, text, "At every rate some updates are longer than a spacing.", brief);
    }
    return new Claim(
        Verdict.of(worst <= EXACT),
        text,
        String.format(
            Locale.ROOT,
            "Over %d exact laws whose updates are shorter than a spacing, off by a share of %s at"
                + " most.",
            shortUpdates.size(),
            share(worst)),
        brief);
  }

  private Claim fallsWithBatch() {
    String text =
        "While a batch's noise is larger than c·Δ, the floor is that of the closed form, which falls"
            + " like 1/√batch where noise rules.";
    List<BatchPoint> noisy = results.batches().stream().filter(BatchPoint::isNoisy).toList();
    String brief = "While noise is large, the floor falls with the batch as the formula says.";
    if (noisy.size() < 2) {
      return new Claim(Verdict.UNCLEAR, text, "Less than two batches have that much noise.", brief);
    }
    double worst = 0;
    for (BatchPoint point : noisy) {
      double share = point.normal().meanSquare() / point.gradient().meanSquare() - 1;
      worst = Math.max(worst, Math.abs(share));
    }
    String products =
        noisy.stream()
            .map(
                point ->
                    String.format(
                        Locale.ROOT,
                        "%s at batch %s",
                        threeDigits(point.gradient().meanSquare() * Math.sqrt(point.batch())),
                        plain(point.batch())))
            .collect(Collectors.joining(", "));
    return new Claim(
        Verdict.of(worst <= CLOSED_FORM),
        text,
        String.format(
            Locale.ROOT,
            "Floor times √batch: %s. The closed form is off by a share of %s at most; %s is"
                + " allowed.",
            products,
            share(worst),
            plain(CLOSED_FORM)),
        brief);
  }

  private Claim actsAsBatch() {
    String text =
        "Momentum β acts as a batch (1 + β)/(1 − β) times as large, within a share of ρ, while ρ is"
            + " below "
            + FREE
            + ".";
    List<Point> free = withMomentum(0, FREE);
    boolean holds = true;
    for (Point point : free) {
      holds &= Math.abs(point.excess() - 1) <= point.exact().overshoot() + EXACT;
    }
    String brief = "Momentum acts as a batch (1+beta)/(1-beta) times as large while rho is small.";
    return judged(free, holds, text, brief);
  }

  private Claim outlives() {
    String text =
        "Where ρ is above 1, momentum has outlived the time between moves: the floor is over half"
            + " again that of the batch.";
    List<Point> late = withMomentum(OUTLIVED, Double.POSITIVE_INFINITY);
    boolean holds = true;
    for (Point point : late) {
      holds &= point.excess() > 1.5;
    }
    String brief = "With rho above 1 momentum has outlived the time between moves.";
    return judged(late, holds, text, brief);
  }

  private static Claim judged(List<Point> points, boolean holds, String text, String brief) {
    if (points.isEmpty()) {
      return new Claim(Verdict.UNCLEAR, text, "No rate and momentum here has such a ρ.", brief);
    }
    String ratios =
        points.stream()
            .map(
                point ->
                    at(
                        point,
                        String.format(
                            Locale.ROOT,
                            "%s (ρ %s)",
                            threeDigits(point.excess()),
                            threeDigits(point.exact().overshoot()))))
            .collect(Collectors.joining(", "));
    return new Claim(
        Verdict.of(holds), text, "Exact floor over that of the batch: " + ratios + ".", brief);
  }

  private List<Point> withMomentum(double above, double upTo) {
    return results.points().stream()
        .filter(point -> point.settings().momentum() > 0)
        .filter(point -> point.exact().overshoot() > above)
        .filter(point -> point.exact().overshoot() <= upTo)
        .toList();
  }

  private Claim bestMomentum() {
    List<String> found = new ArrayList<>();
    boolean holds = true;
    for (double rate : results.plan().rates()) {
      List<Point> points = results.at(rate);
      Point exact =
          points.stream()
              .min(Comparator.comparingDouble(point -> point.exact().meanSquare()))
              .orElseThrow();
      Point formula =
          points.stream()
              .min(Comparator.comparingDouble(point -> point.normal().meanSquare()))
              .orElseThrow();
      holds &= exact.settings().equals(formula.settings());
      found.add(
          String.format(
              Locale.ROOT,
              "at rate %s β = %s, by the closed form %s",
              plain(rate),
              plain(exact.settings().momentum()),
              plain(formula.settings().momentum())));
    }
    String text = "The closed form tells which of these momenta has the lowest floor.";
    String evidence = "Lowest " + String.join("; ", found) + ".";
    boolean single = results.plan().momenta().size() == 1;
    return new Claim(single ? Verdict.UNCLEAR : Verdict.of(holds), text, evidence);
  }

  private Claim signs() {
    boolean holds = true;
    List<String> factors = new ArrayList<>();
    for (BatchPoint point : results.batches()) {
      holds &= point.signFactor() > 1;
      factors.add(
          threeDigits(point.signFactor())
              + (Double.isInfinite(point.batch())
                  ? " without noise"
                  : " at batch " + plain(point.batch())));
    }
    return new Claim(
        Verdict.of(holds),
        "Updates that are the gradient's sign have a higher floor at every batch.",
        String.format(
            Locale.ROOT,
            "Floor over that of gradients: %s. Where noise rules it tends to π/2 = 1.57.",
            String.join(", ", factors)));
  }

  private Claim simulations() {
    double worst = 0;
    for (Point point : results.points()) {
      worst = Math.max(worst, point.standardErrorsOff());
    }
    return new Claim(
        Verdict.of(worst <= STANDARD_ERRORS),
        "Simulations have the floor that the exact law of weight and velocity says.",
        String.format(
            Locale.ROOT,
            "Off by at most %s standard errors, of stretches of the runs; %s are allowed.",
            threeDigits(worst),
            plain(STANDARD_ERRORS)));
  }

  private static String at(Point point, String number) {
    String rate = number + " at rate " + plain(point.settings().rate());
    double momentum = point.settings().momentum();
    return momentum == 0 ? rate : rate + " and β " + plain(momentum);
  }

  private static String share(double share) {
    return share < 1e-9 ? "less than 1e-9" : String.format(Locale.ROOT, "%.1e", share);
  }
}
