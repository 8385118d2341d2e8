package org.roundel.reproduce.momentum;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.roundel.api.InvalidInputException;
import org.roundel.reproduce.experiment.Numbers;
import org.roundel.reproduce.experiment.Scale;
import org.roundel.reproduce.theory.momentum.MomentumSettings;
import org.roundel.reproduce.theory.momentum.NoisyQuadratic;

/**
 * What {@link MomentumExperiment} computes and simulates.
 *
 * @param problem with the noise of a batch of 1, above 0
 * @param rates α, each once, from the largest to the smallest; at least one
 * @param momenta β, each once, ascending, the first 0
 * @param batches each once, ascending; at least one
 * @param updates of a simulation
 * @param seed the first simulation's; the next has one more
 * @param seeds how many independent simulations there are of each setting
 */
public record MomentumPlan(
    NoisyQuadratic problem,
    List<Double> rates,
    List<Double> momenta,
    List<Integer> batches,
    int updates,
    long seed,
    int seeds) {
  /**
   * Checks the settings together, before anything is computed.
   *
   * @throws InvalidInputException if a number is out of its range
   */
  public MomentumPlan {
    rates = List.copyOf(rates);
    momenta = List.copyOf(momenta);
    batches = List.copyOf(batches);
    if (problem.noise() == 0) {
      throw new InvalidInputException(
          "the gradient's noise is 0; allowed: above 0, because noise is what batches and momentum"
              + " average");
    }
    for (double rate : rates) {
      for (double momentum : momenta) {
        new MomentumSettings(problem, rate, momentum);
      }
    }
  }

  /** Returns the momenta where the user did not say. */
  public static List<Double> momenta(Scale scale) {
    return scale == Scale.SMOKE
        ? List.of(0.0, 0.5, 0.9, 0.99, 0.999)
        : List.of(0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999);
  }

  MomentumSettings settings(double rate, double momentum) {
    return new MomentumSettings(problem, rate, momentum);
  }

  double smallestRate() {
    return rates.get(rates.size() - 1);
  }

  Map<String, String> toSettings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("experiment", "momentum");
    settings.put("curvature", Numbers.plain(problem.curvature()));
    settings.put("minimum", Numbers.plain(problem.minimum()));
    settings.put("delta", Numbers.plain(problem.spacing()));
    settings.put("sigma", Numbers.plain(problem.noise()));
    settings.put("rates", list(rates));
    settings.put("betas", list(momenta));
    settings.put("batches", list(batches));
    settings.put("iterations", Integer.toString(updates));
    settings.put("seed", Long.toString(seed));
    settings.put("seeds", Integer.toString(seeds));
    return settings;
  }

  static String list(List<? extends Number> numbers) {
    return numbers.stream()
        .map(number -> Numbers.plain(number.doubleValue()))
        .collect(Collectors.joining(","));
  }
}
