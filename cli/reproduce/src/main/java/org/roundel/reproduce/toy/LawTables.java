package org.roundel.reproduce.toy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import org.roundel.reproduce.experiment.Numbers;
import org.roundel.reproduce.theory.ToyMethod;

/** Stochastic rounding's laws by rate, and where the weight is by rate and grid point. */
final class LawTables {
  /** Weights that have less of the exact law than this, and were never visited, are left out. */
  private static final double LEAST_SHARE = 1e-12;

  private LawTables() {}

  /** Returns the laws; those that are not known are for files only. */
  static Table<Law> laws(Results results) {
    ToyPlan plan = results.plan();
    return new Table<>(
        List.of(
            Column.<Law>of("rate", law -> Numbers.plain(law.rate())).inData("rate", Law::rate),
            data("mean_objective", law -> law.meanObjective(plan, law.exact())),
            data("deviation", law -> law.deviation(law.exact())),
            data("share_at_minimum", law -> law.best(plan, law.exact())),
            data("limit_mean_objective", law -> law.meanObjective(plan, law.limit())),
            data("limit_deviation", law -> law.deviation(law.limit())),
            data("limit_share_at_minimum", law -> law.best(plan, law.limit())),
            Column.<Law>of("distance from limit", law -> Numbers.distance(law.distance()))
                .inData("distance_to_limit", Law::distance),
            Column.<Law>of("mixing time", law -> Numbers.steps(law.mixingTime()))
                .inData("mixing_time", LawTables::mixingTime),
            Column.<Law>of("rate × mixing time", law -> Numbers.of(law.rateTimesMixingTime()))
                .onTerminal("rate x mixing time")),
        results.laws());
  }

  private static Object mixingTime(Law law) {
    return law.mixingTime().isPresent() ? law.mixingTime().getAsLong() : "";
  }

  /** A grid point at a rate. */
  private record Place(Results results, int rate, int multiple) {
    double share(ToyMethod method) {
      Measure measure = results.measure(rate, method);
      return measure.on(measure.shares(), multiple, multiple)[0];
    }

    double exact() {
      return law().at(law().exact(), multiple);
    }

    double limit() {
      return law().at(law().limit(), multiple);
    }

    private Law law() {
      return results.law(rate);
    }

    boolean isVisited() {
      double shares = 0;
      for (ToyMethod method : ToyMethod.values()) {
        shares += share(method);
      }
      return shares > 0 || exact() >= LEAST_SHARE;
    }
  }

  /** Returns the share of the steps at each grid point that was visited or could be. */
  static Table<?> histograms(Results results) {
    List<Place> places = new ArrayList<>();
    for (int rate = 0; rate < results.plan().rates().size(); rate++) {
      int lowest = results.law(rate).grid().lowest();
      int highest = results.law(rate).grid().highest();
      for (ToyMethod method : ToyMethod.values()) {
        lowest = Math.min(lowest, results.measure(rate, method).grid().lowest());
        highest = Math.max(highest, results.measure(rate, method).grid().highest());
      }
      for (int multiple = lowest; multiple <= highest; multiple++) {
        Place place = new Place(results, rate, multiple);
        if (place.isVisited()) {
          places.add(place);
        }
      }
    }
    return new Table<>(
        List.of(
            data("rate", place -> results.plan().rates().get(place.rate())),
            data("weight", place -> place.multiple() * results.plan().spacing()),
            data("bc_nearest", place -> place.share(ToyMethod.BINARY_CONNECT_NEAREST)),
            data("bc_stochastic", place -> place.share(ToyMethod.BINARY_CONNECT_STOCHASTIC)),
            data("sr", place -> place.share(ToyMethod.STOCHASTIC_ROUNDING)),
            data("sr_exact", Place::exact),
            data("sr_limit", Place::limit)),
        places);
  }

  private static <R> Column<R> data(String name, ToDoubleFunction<R> value) {
    return Column.data(name, value::applyAsDouble);
  }
}
