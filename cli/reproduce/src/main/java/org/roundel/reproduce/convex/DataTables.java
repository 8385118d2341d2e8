package org.roundel.reproduce.convex;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import org.roundel.reproduce.convex.SweepPoint.Problem;
import org.roundel.reproduce.convex.SweepPoint.Rule;
import org.roundel.reproduce.theory.convex.DescentMethod;

/** The convex experiment's numbers for files: a row per point of the sweep, and one per step. */
final class DataTables {
  private final Outcome outcome;

  DataTables(Outcome outcome) {
    this.outcome = outcome;
  }

  Table<SweepPoint> results() {
    List<Column<SweepPoint>> columns = identity(point -> point);
    columns.add(result("average_error", result -> result.average().last()));
    columns.add(result("average_standard_error", result -> result.average().lastError()));
    columns.add(result("iterate_error", result -> result.iterate().last()));
    columns.add(result("iterate_standard_error", result -> result.iterate().lastError()));
    columns.add(result("quantized_error", result -> result.quantized().last()));
    columns.add(result("quantized_standard_error", result -> result.quantized().lastError()));
    columns.add(result("rounded_average_error", result -> result.averageRounded().last()));
    columns.add(result("last_decade_ratio", Result::lastDecade));
    columns.add(result("g", Result::g));
    columns.add(result("mean_gradient_norm", Result::meanNorm));
    columns.add(result("tail_gradient_sum", Result::tailSum));
    columns.add(result("distance", Result::distance));
    columns.add(result("lemma_1_ratio", Result::roundingRatio));
    columns.add(result("last_weight", Result::lastWeight));
    columns.add(Column.data("theorem", point -> outcome.bound(point).theorem()));
    columns.add(Column.data("bound", point -> outcome.bound(point).at((double) point.steps())));
    columns.add(Column.data("bound_floor", point -> outcome.bound(point).floor()));
    columns.add(Column.data("tightness", this::tightness));
    columns.add(Column.data("derived_floor", point -> derived(point, outcome::asymptote)));
    columns.add(Column.data("derived_lower_bound", point -> derived(point, outcome::lowerBound)));
    return new Table<>(columns, outcome.results().keySet());
  }

  private Column<SweepPoint> result(String name, ToDoubleFunction<Result> value) {
    return Column.data(name, point -> value.applyAsDouble(outcome.result(point)));
  }

  private double tightness(SweepPoint point) {
    double floor = outcome.bound(point).floor();
    return floor == 0 ? Double.NaN : outcome.result(point).average().last() / floor;
  }

  /** Returns what is derived for SR on quadratics only. */
  private static double derived(SweepPoint point, ToDoubleFunction<SweepPoint> value) {
    boolean known =
        point.problem() == Problem.QUADRATIC
            && point.rule() == Rule.STRONGLY_CONVEX
            && point.method() == DescentMethod.STOCHASTIC_ROUNDING;
    return known ? value.applyAsDouble(point) : Double.NaN;
  }

  /** One of the steps that were recorded at a point. */
  private record Step(SweepPoint point, Result result, int index) {
    double number() {
      return result.steps()[index];
    }
  }

  Table<?> curves() {
    List<Step> steps = new ArrayList<>();
    outcome
        .results()
        .forEach(
            (point, result) -> {
              for (int index = 0; index < result.steps().length; index++) {
                steps.add(new Step(point, result, index));
              }
            });
    List<Column<Step>> columns = identity(Step::point);
    columns.add(Column.data("step", step -> (long) step.number()));
    columns.add(step("average_error", result -> result.average().mean()));
    columns.add(step("average_standard_error", result -> result.average().standardError()));
    columns.add(step("average_low", result -> result.average().low()));
    columns.add(step("average_high", result -> result.average().high()));
    columns.add(step("iterate_error", result -> result.iterate().mean()));
    columns.add(step("quantized_error", result -> result.quantized().mean()));
    columns.add(step("rounded_average_error", result -> result.averageRounded().mean()));
    columns.add(Column.data("bound", step -> outcome.bound(step.point()).at(step.number())));
    return new Table<>(columns, steps);
  }

  private static Column<Step> step(String name, Function<Result, double[]> values) {
    return Column.data(name, step -> values.apply(step.result())[step.index()]);
  }

  private static <R> List<Column<R>> identity(Function<R, SweepPoint> point) {
    List<Column<R>> columns = new ArrayList<>();
    columns.add(Column.data("problem", row -> small(point.apply(row).problem())));
    columns.add(Column.data("step_size", row -> small(point.apply(row).rule())));
    columns.add(Column.data("method", row -> small(point.apply(row).method())));
    columns.add(Column.data("delta", row -> point.apply(row).delta()));
    columns.add(Column.data("dimension", row -> point.apply(row).dimension()));
    columns.add(Column.data("noise", row -> point.apply(row).noise()));
    columns.add(Column.data("steps", row -> point.apply(row).steps()));
    return columns;
  }

  private static String small(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
