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

/** All points of a sweep with what was found, and the bound on it. */
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

  /** Returns the points to run, in their order. */
  List<SweepPoint> plan() {
    List<SweepPoint> points = new ArrayList<>();
    for (DescentMethod method :
        List.of(DescentMethod.BINARY_CONNECT_STOCHASTIC, DescentMethod.BINARY_CONNECT_NEAREST)) {
      points.add(counterexample(method));
    }
    for (Problem problem : List.of(Problem.QUADRATIC, Problem.LOGISTIC)) {
      for (Rule rule : Rule.values()) {
        points.add(base(problem, rule, DescentMethod.FULL_PRECISION, settings.deltas().get(0)));
        for (double delta : settings.deltas()) {
          points.add(base(problem, rule, DescentMethod.STOCHASTIC_ROUNDING, delta));
          points.add(base(problem, rule, DescentMethod.BINARY_CONNECT_STOCHASTIC, delta));
          points.add(base(problem, rule, DescentMethod.BINARY_CONNECT_NEAREST, delta));
        }
      }
    }
    for (SweepPoint point : floors()) {
      if (!points.contains(point)) {
        points.add(point);
      }
    }
    return points;
  }

  /** Returns the points of SR on quadratics under 1/(μ(t+1)), for every Δ, d and σ. */
  List<SweepPoint> floors() {
    List<SweepPoint> points = new ArrayList<>();
    for (double delta : settings.deltas()) {
      for (int dimension : settings.dimensions()) {
        for (double noise : settings.noises()) {
          points.add(floor(delta, dimension, noise));
        }
      }
    }
    return points;
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

  /** Returns the point of a problem at the dimension and noise where only Δ is swept. */
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

  StochasticObjective objective(SweepPoint point) {
    return switch (point.problem()) {
      case LOGISTIC -> logistic;
      case QUADRATIC ->
          Quadratic.isotropic(Quadratic.spreadCenter(point.dimension()), point.noise());
      case COUNTEREXAMPLE ->
          Quadratic.isotropic(new double[] {COUNTEREXAMPLE_CENTER}, point.noise());
    };
  }

  void put(SweepPoint point, Result result) {
    results.put(point, result);
    bounds.put(point, Bound.of(point, result, objective(point)));
  }

  Result result(SweepPoint point) {
    Result result = results.get(point);
    if (result == null) {
      throw new IllegalStateException("no result of " + point);
    }
    return result;
  }

  Bound bound(SweepPoint point) {
    Bound bound = bounds.get(point);
    if (bound == null) {
      throw new IllegalStateException("no bound of " + point);
    }
    return bound;
  }

  /** Returns the floor of SR on a quadratic that Δ·E‖∇f̃‖₁/8 gives with what its run measured. */
  double asymptote(SweepPoint point) {
    return ConvexBounds.stochasticRoundingAsymptote(point.delta(), result(point).tailSum());
  }

  /** Returns the derived lower bound on the floor of SR on a quadratic. */
  double lowerBound(SweepPoint point) {
    return ConvexBounds.stochasticRoundingLowerBound(
        Quadratic.spreadCenter(point.dimension()), point.delta(), point.noise());
  }
}
