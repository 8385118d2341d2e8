package org.roundel.reproduce.toy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.roundel.report.Csv;
import org.roundel.reproduce.theory.ToyMethod;

/** The tables that {@link ToyExperiment} leaves as files. */
final class DataFiles {
  /** Weights that have less of the exact law than this, and were never visited, are left out. */
  private static final double LEAST_SHARE = 1e-12;

  private DataFiles() {}

  static void write(Path directory, Results results) {
    Csv.write(
        directory.resolve("histograms.csv"),
        List.of("rate", "weight", "bc_nearest", "bc_stochastic", "sr", "sr_exact", "sr_limit"),
        histograms(results));
    Csv.write(
        directory.resolve("methods.csv"),
        List.of(
            "rate",
            "method",
            "mean_objective",
            "mean_objective_error",
            "deviation",
            "deviation_error",
            "share_at_minimum",
            "share_at_minimum_error"),
        methods(results));
    List<List<Object>> laws = new ArrayList<>();
    for (Law law : results.laws()) {
      boolean mixes = law.mixingTime().isPresent();
      laws.add(
          List.of(
              law.rate(),
              law.meanObjective(results.plan(), law.exact()),
              law.deviation(law.exact()),
              law.best(results.plan(), law.exact()),
              law.meanObjective(results.plan(), law.limit()),
              law.deviation(law.limit()),
              law.best(results.plan(), law.limit()),
              law.distance(),
              mixes ? law.mixingTime().getAsLong() : ""));
    }
    Csv.write(
        directory.resolve("laws.csv"),
        List.of(
            "rate",
            "mean_objective",
            "deviation",
            "share_at_minimum",
            "limit_mean_objective",
            "limit_deviation",
            "limit_share_at_minimum",
            "distance_to_limit",
            "mixing_time"),
        laws);
  }

  private static List<List<Object>> histograms(Results results) {
    List<List<Object>> rows = new ArrayList<>();
    for (int rate = 0; rate < results.plan().rates().size(); rate++) {
      Law law = results.law(rate);
      int lowest = law.grid().lowest();
      int highest = law.grid().highest();
      for (ToyMethod method : ToyMethod.values()) {
        lowest = Math.min(lowest, results.measure(rate, method).grid().lowest());
        highest = Math.max(highest, results.measure(rate, method).grid().highest());
      }
      for (int multiple = lowest; multiple <= highest; multiple++) {
        double nearest = share(results, rate, ToyMethod.BINARY_CONNECT_NEAREST, multiple);
        double stochastic = share(results, rate, ToyMethod.BINARY_CONNECT_STOCHASTIC, multiple);
        double rounding = share(results, rate, ToyMethod.STOCHASTIC_ROUNDING, multiple);
        double exact = law.at(law.exact(), multiple);
        if (nearest + stochastic + rounding > 0 || exact >= LEAST_SHARE) {
          rows.add(
              List.of(
                  results.plan().rates().get(rate),
                  multiple * results.plan().spacing(),
                  nearest,
                  stochastic,
                  rounding,
                  exact,
                  law.at(law.limit(), multiple)));
        }
      }
    }
    return rows;
  }

  private static double share(Results results, int rate, ToyMethod method, int multiple) {
    Measure measure = results.measure(rate, method);
    return measure.on(measure.shares(), multiple, multiple)[0];
  }

  private static List<List<Object>> methods(Results results) {
    List<List<Object>> rows = new ArrayList<>();
    for (Measure measure : results.measures()) {
      rows.add(
          List.of(
              measure.rate(),
              Results.name(measure.method()),
              measure.objective().mean(),
              measure.objective().error(),
              measure.deviation().mean(),
              measure.deviation().error(),
              measure.best().mean(),
              measure.best().error()));
    }
    return rows;
  }
}
