package org.roundel.reproduce.toy;

import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;
import org.roundel.reproduce.theory.MarkovChain;
import org.roundel.reproduce.theory.Mixing;
import org.roundel.reproduce.theory.StochasticRoundingChain;
import org.roundel.reproduce.theory.WeightGrid;

/**
 * Stochastic rounding's exact stationary law at one rate, and the limit as rates go to 0.
 *
 * @param problem why there is none, or null; then everything else is empty
 */
@SuppressWarnings("ArrayRecordComponent")
record Law(
    double rate,
    WeightGrid grid,
    double[] exact,
    double[] limit,
    double distance,
    OptionalLong mixingTime,
    @Nullable String problem) {
  /** How many grid points outside of the outer pieces' centres the worst start may be. */
  static final int START_MARGIN = 4;

  static Law of(ToyPlan plan, double rate) {
    try {
      WeightGrid grid =
          StochasticRoundingChain.wideGrid(plan.objective(), plan.spacing(), rate, plan.noise());
      MarkovChain chain = StochasticRoundingChain.exact(plan.objective(), grid, rate, plan.noise());
      Mixing mixing = new Mixing(chain);
      double[] limit =
          StochasticRoundingChain.limit(plan.objective(), grid, plan.noise()).stationaryLaw();
      double[] exact = mixing.stationaryLaw();
      double margin = START_MARGIN * plan.spacing();
      int[] starts =
          grid.indicesWithin(
              plan.objective().pieces().get(0).centre() - margin,
              plan.objective().pieces().get(plan.objective().pieces().size() - 1).centre()
                  + margin);
      return new Law(
          rate,
          grid,
          exact,
          limit,
          Mixing.totalVariation(exact, limit),
          mixing.time(ToyPlan.EPSILON, starts.length == 0 ? mixing.allStates() : starts),
          null);
    } catch (InvalidInputException none) {
      WeightGrid grid = new WeightGrid(plan.spacing(), 0, 0);
      double[] nothing = {};
      return new Law(
          rate, grid, nothing, nothing, Double.NaN, OptionalLong.empty(), none.getMessage());
    }
  }

  /** Returns the total variation between law and limit at a rate, or NaN if there is no law. */
  static double distance(ToyPlan plan, double rate) {
    try {
      WeightGrid grid =
          StochasticRoundingChain.wideGrid(plan.objective(), plan.spacing(), rate, plan.noise());
      return Mixing.totalVariation(
          StochasticRoundingChain.exact(plan.objective(), grid, rate, plan.noise()).stationaryLaw(),
          StochasticRoundingChain.limit(plan.objective(), grid, plan.noise()).stationaryLaw());
    } catch (InvalidInputException none) {
      return Double.NaN;
    }
  }

  boolean isKnown() {
    return problem == null;
  }

  double meanObjective(ToyPlan plan, double[] law) {
    return isKnown() ? grid.mean(law, plan.objective()::value) : Double.NaN;
  }

  double deviation(double[] law) {
    if (!isKnown()) {
      return Double.NaN;
    }
    double mean = grid.mean(law, w -> w);
    return Math.sqrt(grid.mean(law, w -> (w - mean) * (w - mean)));
  }

  /** Returns the law's share of the plan's best grid points. */
  double best(ToyPlan plan, double[] law) {
    if (!isKnown()) {
      return Double.NaN;
    }
    double share = 0;
    for (long multiple : plan.bestMultiples()) {
      share += at(law, multiple);
    }
    return share;
  }

  /** Returns a law's share of a multiple of the spacing. */
  double at(double[] law, long multiple) {
    if (!isKnown()) {
      return Double.NaN;
    }
    boolean outside = multiple < grid.lowest() || multiple > grid.highest();
    return outside ? 0 : law[(int) (multiple - grid.lowest())];
  }

  /** Returns a law's shares of the multiples from {@code lowest} to {@code highest}. */
  double[] on(double[] law, int lowest, int highest) {
    double[] shares = new double[highest - lowest + 1];
    Arrays.setAll(shares, index -> at(law, lowest + (long) index));
    return shares;
  }

  /** Returns what tends to a constant if mixing takes in proportion to 1/rate; NaN without it. */
  double rateTimesMixingTime() {
    return mixingTime.isPresent() ? rate * mixingTime.getAsLong() : Double.NaN;
  }
}
