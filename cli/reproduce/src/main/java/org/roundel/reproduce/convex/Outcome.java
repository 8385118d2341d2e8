package org.roundel.reproduce.convex;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.roundel.reproduce.convex.SweepPoint.Problem;
import org.roundel.reproduce.convex.SweepPoint.Rule;
import org.roundel.reproduce.theory.convex.ConvexBounds;
import org.roundel.reproduce.theory.convex.DescentMethod;
import org.roundel.reproduce.theory.convex.Quadratic;
import org.roundel.reproduce.theory.convex.StochasticObjective;

/** All cells of a sweep with what was found, and the bound on it. */
final class Outcome {
  /** The counterexample to Corollary 1: a grid of 1, noise of 0.5, 400,000 steps. */
  static final double COUNTEREXAMPLE_DELTA = 1;

  static final double COUNTEREXAMPLE_NOISE = 0.5;
  static final double COUNTEREXAMPLE_CENTER = 0.2;
  static final long COUNTEREXAMPLE_STEPS = 400_000;

  private final ConvexSettings settings;
  private final RegressionData data;
  private final StochasticObjective logistic;
  private final Map<SweepPoint, Result> results = new LinkedHashMap<>();
  private final Map<SweepPoint, Bound> bounds = new LinkedHashMap<>();

  Outcome(ConvexSettings settings, RegressionData data) {
    this.settings = settings;
    this.data = data;
    logistic = data.objective();
  }

  ConvexSettings settings() {
    return settings;
  }

  RegressionData data() {
    return data;
  }

  StochasticObjective logistic() {
    return logistic;
  }

  Map<SweepPoint, Result> results() {
    return results;
  }

  /** Returns the cells to run, in their order. */
  List<SweepPoint> plan() {
    List<SweepPoint> cells = new ArrayList<>();
    for (DescentMethod method :
        List.of(DescentMethod.BINARY_CONNECT_STOCHASTIC, DescentMethod.BINARY_CONNECT_NEAREST)) {
      cells.add(counterexample(method));
    }
    for (Problem problem : List.of(Problem.QUADRATIC, Problem.LOGISTIC)) {
      for (Rule rule : Rule.values()) {
        cells.add(base(problem, rule, DescentMethod.FULL_PRECISION, settings.deltas().get(0)));
        for (double delta : settings.deltas()) {
          cells.add(base(problem, rule, DescentMethod.STOCHASTIC_ROUNDING, delta));
          cells.add(base(problem, rule, DescentMethod.BINARY_CONNECT_STOCHASTIC, delta));
          cells.add(base(problem, rule, DescentMethod.BINARY_CONNECT_NEAREST, delta));
        }
      }
    }
    for (SweepPoint cell : floors()) {
      if (!cells.contains(cell)) {
        cells.add(cell);
      }
    }
    return cells;
  }

  /** Returns the cells of SR on quadratics under 1/(μ(t+1)), for every Δ, d and σ. */
  List<SweepPoint> floors() {
    List<SweepPoint> cells = new ArrayList<>();
    for (double delta : settings.deltas()) {
      for (int dimension : settings.dimensions()) {
        for (double noise : settings.noises()) {
          cells.add(floor(delta, dimension, noise));
        }
      }
    }
    return cells;
  }

  SweepPoint floor(double delta, int dimension, double noise) {
    return new SweepPoint(
        Problem.QUADRATIC,
        Rule.STRONGLY_CONVEX,
        DescentMethod.STOCHASTIC_ROUNDING,
        delta,
        dimension,
        noise,
        settings.steps());
  }

  /** Returns the cell of a problem at the dimension and noise where only Δ is swept. */
  SweepPoint base(Problem problem, Rule rule, DescentMethod method, double delta) {
    boolean quadratic = problem == Problem.QUADRATIC;
    return new SweepPoint(
        problem,
        rule,
        method,
        delta,
        quadratic ? settings.baseDimension() : logistic.dimension(),
        quadratic ? settings.baseNoise() : 0,
        settings.steps());
  }

  static SweepPoint counterexample(DescentMethod method) {
    return new SweepPoint(
        Problem.COUNTEREXAMPLE,
        Rule.STRONGLY_CONVEX,
        method,
        COUNTEREXAMPLE_DELTA,
        1,
        COUNTEREXAMPLE_NOISE,
        COUNTEREXAMPLE_STEPS);
  }

  StochasticObjective objective(SweepPoint cell) {
    return switch (cell.problem()) {
      case LOGISTIC -> logistic;
      case QUADRATIC -> Quadratic.isotropic(Quadratic.spreadCenter(cell.dimension()), cell.noise());
      case COUNTEREXAMPLE ->
          Quadratic.isotropic(new double[] {COUNTEREXAMPLE_CENTER}, cell.noise());
    };
  }

  void put(SweepPoint cell, Result result) {
    results.put(cell, result);
    bounds.put(cell, Bound.of(cell, result, objective(cell)));
  }

  Result result(SweepPoint cell) {
    Result result = results.get(cell);
    if (result == null) {
      throw new IllegalStateException("no result of " + cell);
    }
    return result;
  }

  Bound bound(SweepPoint cell) {
    Bound bound = bounds.get(cell);
    if (bound == null) {
      throw new IllegalStateException("no bound of " + cell);
    }
    return bound;
  }

  /** Returns the floor of SR on a quadratic that Δ·E‖∇f̃‖₁/8 gives with what its run measured. */
  double asymptote(SweepPoint cell) {
    return ConvexBounds.stochasticRoundingAsymptote(cell.delta(), result(cell).tailSum());
  }

  /** Returns the derived lower bound on the floor of SR on a quadratic. */
  double lowerBound(SweepPoint cell) {
    return ConvexBounds.stochasticRoundingLowerBound(
        Quadratic.spreadCenter(cell.dimension()), cell.delta(), cell.noise());
  }
}
