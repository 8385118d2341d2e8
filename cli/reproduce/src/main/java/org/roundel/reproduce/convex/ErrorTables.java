package org.roundel.reproduce.convex;

import static org.roundel.reproduce.experiment.Numbers.threeDigits;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import org.roundel.reproduce.convex.SweepPoint.Problem;
import org.roundel.reproduce.convex.SweepPoint.Rule;
import org.roundel.reproduce.theory.convex.ConvexBounds;
import org.roundel.reproduce.theory.convex.DescentMethod;
import org.roundel.reproduce.theory.convex.StochasticObjective;

/** The convex experiment's errors at the end, under the steps 1/(μ(t+1)), for people. */
final class ErrorTables {
  /** Simulated with other code, one seed: SR's F(average) − F* by Δ at d = 64, σ = 1. */
  private static final Map<Double, String> SIMULATED =
      Map.of(0.5, "0.829", 0.25, "0.344", 0.125, "0.105", 0.0625, "0.062");

  private final Outcome outcome;

  ErrorTables(Outcome outcome) {
    this.outcome = outcome;
  }

  /** Returns the errors on quadratics by Δ; a terminal has those on images too. */
  Table<Double> quadratics() {
    return new Table<>(
        List.of(
            Column.<Double>of("Δ", delta -> Double.toString(delta)).onTerminal("delta"),
            Column.of("SR", delta -> error(quadratic(DescentMethod.STOCHASTIC_ROUNDING, delta))),
            Column.page(
                "± error",
                delta -> standardError(quadratic(DescentMethod.STOCHASTIC_ROUNDING, delta))),
            Column.page("Simulated elsewhere", this::simulatedElsewhere),
            Column.<Double>of(
                    "Theorem 1's floor",
                    delta -> floor(quadratic(DescentMethod.STOCHASTIC_ROUNDING, delta)))
                .onTerminal("bound's floor"),
            Column.<Double>of(
                    "BC, Q_s",
                    delta -> error(quadratic(DescentMethod.BINARY_CONNECT_STOCHASTIC, delta)))
                .onTerminal("BC Q_s"),
            Column.page(
                "Corollary 1 at T",
                delta -> boundAtEnd(quadratic(DescentMethod.BINARY_CONNECT_STOCHASTIC, delta))),
            Column.<Double>of(
                    "BC, Q_d",
                    delta -> error(quadratic(DescentMethod.BINARY_CONNECT_NEAREST, delta)))
                .onTerminal("BC Q_d"),
            Column.terminal(
                "SR, images", delta -> error(image(DescentMethod.STOCHASTIC_ROUNDING, delta))),
            Column.terminal(
                "BC, images",
                delta -> error(image(DescentMethod.BINARY_CONNECT_STOCHASTIC, delta)))),
        outcome.settings().deltas());
  }

  private String simulatedElsewhere(double delta) {
    ConvexSettings settings = outcome.settings();
    boolean same = settings.baseDimension() == 64 && settings.baseNoise() == 1;
    return same ? SIMULATED.getOrDefault(delta, "") : "";
  }

  /** Returns the errors of the regression by Δ. */
  Table<Double> images() {
    return new Table<>(
        List.of(
            Column.page("Δ", delta -> Double.toString(delta)),
            Column.page("SR", delta -> error(image(DescentMethod.STOCHASTIC_ROUNDING, delta))),
            Column.page(
                "Theorem 1 at T",
                delta -> boundAtEnd(image(DescentMethod.STOCHASTIC_ROUNDING, delta))),
            Column.page(
                "BC, Q_s", delta -> error(image(DescentMethod.BINARY_CONNECT_STOCHASTIC, delta))),
            Column.page(
                "Theorem 4's floor, derived",
                delta -> floor(image(DescentMethod.BINARY_CONNECT_STOCHASTIC, delta))),
            Column.page("as we recall the paper", this::recalledFloor),
            Column.page(
                "BC, Q_d", delta -> error(image(DescentMethod.BINARY_CONNECT_NEAREST, delta)))),
        outcome.settings().deltas());
  }

  private String recalledFloor(double delta) {
    StochasticObjective objective = outcome.logistic();
    return threeDigits(
        ConvexBounds.binaryConnectCurvatureFloorAsRecalled(
            objective.dimension(),
            delta,
            objective.hessianLipschitz(),
            outcome.result(image(DescentMethod.BINARY_CONNECT_STOCHASTIC, delta)).distance()));
  }

  /** Returns SR's floor on quadratics over the whole sweep, beside what is proved and derived. */
  Table<SweepPoint> floors() {
    return new Table<>(
        List.of(
            Column.page("Δ", point -> Double.toString(point.delta())),
            Column.page("d", point -> Integer.toString(point.dimension())),
            Column.page("σ", point -> Double.toString(point.noise())),
            Column.page("G", point -> threeDigits(outcome.result(point).g())),
            Column.page("SR", this::error),
            Column.page("Bound's floor", this::floor),
            Column.page("SR / bound's", point -> over(point, outcome.bound(point).floor())),
            Column.page(
                "SR / with mean ‖∇f̃‖",
                point ->
                    over(
                        point,
                        ConvexBounds.stochasticRoundingFloor(
                            point.dimension(), point.delta(), outcome.result(point).meanNorm()))),
            Column.page("Derived", point -> threeDigits(outcome.asymptote(point))),
            Column.page("Lower bound", point -> threeDigits(outcome.lowerBound(point)))),
        outcome.floors());
  }

  private String over(SweepPoint point, double floor) {
    return threeDigits(outcome.result(point).average().last() / floor);
  }

  /** Returns what BC's buffer reaches, and what its quantized weights do. */
  Table<SweepPoint> buffer() {
    List<SweepPoint> points = new ArrayList<>();
    for (double delta : outcome.settings().deltas()) {
      for (DescentMethod method :
          List.of(DescentMethod.BINARY_CONNECT_STOCHASTIC, DescentMethod.BINARY_CONNECT_NEAREST)) {
        points.add(quadratic(method, delta));
        points.add(image(method, delta));
      }
    }
    return new Table<>(
        List.of(
            Column.page("Δ", point -> Double.toString(point.delta())),
            Column.page(
                "Q",
                point -> point.method() == DescentMethod.BINARY_CONNECT_STOCHASTIC ? "Q_s" : "Q_d"),
            Column.page(
                "F", point -> point.problem() == Problem.QUADRATIC ? "quadratic" : "regression"),
            last("F(w̄_r)", Result::average),
            last("F(w_r)", Result::iterate),
            last("F(Q(w_r))", Result::quantized),
            last("F(Q_d(w̄_r))", Result::averageRounded)),
        points);
  }

  private Column<SweepPoint> last(String heading, Function<Result, Series> series) {
    return Column.page(heading, point -> threeDigits(series.apply(outcome.result(point)).last()));
  }

  private SweepPoint quadratic(DescentMethod method, double delta) {
    return outcome.base(Problem.QUADRATIC, Rule.STRONGLY_CONVEX, method, delta);
  }

  private SweepPoint image(DescentMethod method, double delta) {
    return outcome.base(Problem.LOGISTIC, Rule.STRONGLY_CONVEX, method, delta);
  }

  private String error(SweepPoint point) {
    return threeDigits(outcome.result(point).average().last());
  }

  private String standardError(SweepPoint point) {
    return threeDigits(outcome.result(point).average().lastError());
  }

  private String floor(SweepPoint point) {
    return threeDigits(outcome.bound(point).floor());
  }

  private String boundAtEnd(SweepPoint point) {
    return threeDigits(outcome.bound(point).at((double) point.steps()));
  }
}
