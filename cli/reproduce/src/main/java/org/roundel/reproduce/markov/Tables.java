package org.roundel.reproduce.markov;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import org.roundel.reproduce.experiment.Numbers;
import org.roundel.reproduce.theory.MarkovChain;

/** The numbers of {@link MarkovExperiment}. */
final class Tables {
  /** The most states that are listed on the terminal and in the report. */
  static final int MOST_LISTED = 20;

  /** Derived from the paper's two matrices by hand: the distances after 1, 2, 3, 4 steps. */
  private static final List<String> DERIVED_BEFORE = List.of("0.16", "0", "0", "0");

  private static final List<String> DERIVED_AFTER = List.of("0.40", "0.22", "0.13", "0.075");

  private static final List<String> PAPERS_LAW = List.of("0.56", "0.20", "0.24");

  private Tables() {}

  /** Returns the stationary laws; a row is a state's number. */
  static Table<Integer> laws(Result result) {
    List<String> names = result.plan.chain().names();
    List<Column<Integer>> columns = new ArrayList<>();
    columns.add(Column.<Integer>of("state", names::get).inData("state", names::get));
    columns.add(number("before", result.lawBefore));
    columns.add(number("after", result.lawAfter));
    if (result.plan.isThePapers()) {
      columns.add(Column.page("both, as in the paper", PAPERS_LAW::get));
    }
    return new Table<>(columns, numbers(0, names.size()));
  }

  private static Column<Integer> number(String heading, double[] values) {
    return Column.<Integer>of(heading, row -> Numbers.of(values[row]))
        .inData(heading, row -> values[row]);
  }

  /** Returns the distances from the stationary law; a row is a point of the curves. */
  static Table<Integer> distances(Result result) {
    List<Column<Integer>> columns = new ArrayList<>();
    columns.add(
        Column.<Integer>page("steps", point -> Long.toString(point * result.stride))
            .inData("step", point -> point * result.stride));
    columns.add(distance("before", result.distancesBefore));
    columns.add(distance("after", result.distancesAfter));
    if (result.plan.isThePapers()) {
      columns.add(Column.page("before, derived by hand", row -> DERIVED_BEFORE.get(row - 1)));
      columns.add(Column.page("after, derived by hand", row -> DERIVED_AFTER.get(row - 1)));
    }
    return new Table<>(columns, numbers(0, result.distancesBefore.length));
  }

  private static Column<Integer> distance(String heading, double[] values) {
    return Column.<Integer>page(heading, point -> Numbers.distance(values[point]))
        .inData(heading, point -> values[point]);
  }

  /** Returns a chain's matrix; a row is a state's number. */
  static Table<Integer> matrix(MarkovChain chain) {
    List<Column<Integer>> columns = new ArrayList<>();
    columns.add(
        Column.<Integer>page("from \\ to", chain.names()::get).inData("from", chain.names()::get));
    for (int state = 0; state < chain.size(); state++) {
      int to = state;
      columns.add(
          Column.<Integer>page(
                  chain.names().get(to), from -> Numbers.of(chain.probability(from, to)))
              .inData(chain.names().get(to), from -> chain.probability(from, to)));
    }
    return new Table<>(columns, numbers(0, chain.size()));
  }

  /** Returns the whole numbers from the first to before the last. */
  static List<Integer> numbers(int first, int last) {
    return IntStream.range(first, last).boxed().toList();
  }
}
