package org.roundel.reproduce.toy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.roundel.reproduce.experiment.Numbers;
import org.roundel.reproduce.theory.PiecewiseQuadratic;
import org.roundel.reproduce.theory.ToySettings;

/**
 * What {@link ToyExperiment} simulates.
 *
 * @param objective f
 * @param spacing Δ
 * @param noise σ
 * @param start the weight before the first step
 * @param rates α, each once, from the largest to the smallest; at least one
 * @param iterations steps of a simulation
 * @param seed the first simulation's; the next has one more
 * @param seeds how many independent simulations there are of each method and rate
 */
public record ToyPlan(
    PiecewiseQuadratic objective,
    double spacing,
    double noise,
    double start,
    List<Double> rates,
    long iterations,
    long seed,
    int seeds) {
  /** The total variation at which a chain counts as mixed. */
  static final double EPSILON = 0.05;

  /**
   * Checks the settings together, before anything is simulated.
   *
   * @throws org.roundel.api.InvalidInputException if training diverges at one of the rates, or a
   *     number is out of its range
   */
  public ToyPlan {
    rates = List.copyOf(rates);
    for (double rate : rates) {
      new ToySettings(objective, spacing, rate, noise, start, iterations);
    }
  }

  ToySettings settings(double rate) {
    return new ToySettings(objective, spacing, rate, noise, start, iterations);
  }

  boolean hasThePapersObjective() {
    return objective.toString().equals(PiecewiseQuadratic.paper().toString());
  }

  /** Returns the grid points on both sides of the minimum, or the one where it is, as multiples. */
  long[] bestMultiples() {
    double minimum = objective.minimizer() / spacing;
    long below = (long) Math.floor(minimum);
    return below == minimum ? new long[] {below} : new long[] {below, below + 1};
  }

  /** Returns what {@link #bestMultiples} are, in words. */
  String bestPoints() {
    long[] best = bestMultiples();
    String first = Numbers.plain(best[0] * spacing);
    return best.length == 1 ? first : first + " and " + Numbers.plain(best[1] * spacing);
  }

  Map<String, String> toSettings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("experiment", "toy");
    settings.put("objective", objective.toString());
    settings.put("delta", Numbers.plain(spacing));
    settings.put("sigma", Numbers.plain(noise));
    settings.put("start", Numbers.plain(start));
    List<String> texts = new ArrayList<>();
    for (double rate : rates) {
      texts.add(Numbers.plain(rate));
    }
    settings.put("rates", String.join(",", texts));
    settings.put("iterations", Long.toString(iterations));
    settings.put("seed", Long.toString(seed));
    settings.put("seeds", Integer.toString(seeds));
    return settings;
  }
}
