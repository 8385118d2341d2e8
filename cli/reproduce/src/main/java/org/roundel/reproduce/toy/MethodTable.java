package org.roundel.reproduce.toy;

import java.util.ArrayList;
import java.util.List;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import org.roundel.reproduce.experiment.Estimate;
import org.roundel.reproduce.experiment.Numbers;
import org.roundel.reproduce.theory.ToyMethod;

/** Mean of f, deviation of w and time next to the minimum, of the methods and of SR's laws. */
final class MethodTable {
  private enum Kind {
    FIRST_OF_RATE,
    SIMULATED,
    EXACT_LAW,
    LIMIT_OF_LAWS
  }

  /** A method at a rate, or a law. */
  private record Row(
      double rate,
      String method,
      Kind kind,
      Estimate objective,
      Estimate deviation,
      Estimate best) {
    String rateOnPage() {
      return kind == Kind.LIMIT_OF_LAWS ? "→ 0" : Numbers.plain(rate);
    }

    String rateOnTerminal() {
      return kind == Kind.FIRST_OF_RATE ? Numbers.plain(rate) : "";
    }

    String methodOnPage() {
      boolean law = kind == Kind.EXACT_LAW || kind == Kind.LIMIT_OF_LAWS;
      return law ? method + " (derived)" : method;
    }
  }

  private static final List<Column<Row>> COLUMNS =
      List.of(
          Column.of("rate", Row::rateOnPage)
              .onTerminal("rate", Row::rateOnTerminal)
              .inData("rate", Row::rate),
          Column.of("method", Row::methodOnPage)
              .onTerminal("method", Row::method)
              .inData("method", Row::method),
          Column.<Row>of("mean of f", row -> Numbers.of(row.objective()))
              .inData("mean_objective", row -> row.objective().mean()),
          Column.data("mean_objective_error", row -> row.objective().error()),
          Column.<Row>of("deviation of w", row -> Numbers.of(row.deviation()))
              .onTerminal("deviation", row -> Numbers.of(row.deviation().mean()))
              .inData("deviation", row -> row.deviation().mean()),
          Column.data("deviation_error", row -> row.deviation().error()),
          Column.<Row>of("next to minimum", row -> Numbers.of(row.best()))
              .onTerminal("at minimum", row -> Numbers.of(row.best().mean()))
              .inData("share_at_minimum", row -> row.best().mean()),
          Column.data("share_at_minimum_error", row -> row.best().error()));

  private MethodTable() {}

  /** Returns what was simulated. */
  static Table<?> simulated(Results results) {
    return new Table<>(COLUMNS, results.measures().stream().map(MethodTable::row).toList());
  }

  /** Returns what was simulated, after each rate its exact law, and at the end the laws' limit. */
  static Table<?> withLaws(Results results) {
    ToyPlan plan = results.plan();
    List<Row> rows = new ArrayList<>();
    for (int rate = 0; rate < plan.rates().size(); rate++) {
      for (ToyMethod method : ToyMethod.values()) {
        rows.add(row(results.measure(rate, method)));
      }
      Law law = results.law(rate);
      if (law.isKnown()) {
        rows.add(row(plan, law, "SR, exact", Kind.EXACT_LAW, law.exact()));
      }
    }
    Law last = results.law(plan.rates().size() - 1);
    if (last.isKnown()) {
      rows.add(row(plan, last, "SR, limit", Kind.LIMIT_OF_LAWS, last.limit()));
    }
    return new Table<>(COLUMNS, rows);
  }

  private static Row row(Measure measure) {
    boolean first = measure.method() == ToyMethod.STOCHASTIC_ROUNDING;
    return new Row(
        measure.rate(),
        Results.name(measure.method()),
        first ? Kind.FIRST_OF_RATE : Kind.SIMULATED,
        measure.objective(),
        measure.deviation(),
        measure.best());
  }

  private static Row row(ToyPlan plan, Law law, String name, Kind kind, double[] shares) {
    return new Row(
        law.rate(),
        name,
        kind,
        Estimate.exact(law.meanObjective(plan, shares)),
        Estimate.exact(law.deviation(shares)),
        Estimate.exact(law.best(plan, shares)));
  }
}
