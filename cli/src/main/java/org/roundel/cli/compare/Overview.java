package org.roundel.cli.compare;

import java.util.ArrayList;
import java.util.List;
import org.roundel.report.terminal.Table;
import org.roundel.report.terminal.Texts;

/** The runs' results in one line each. */
final class Overview {
  static final List<String> HEADINGS =
      List.of("run", "state", "epochs", "best test error", "at epoch", "last test error");

  private static final int LONGEST_NAME = 24;

  private Overview() {}

  /** Returns a row for each run. */
  static List<List<String>> rows(List<NamedRun> runs) {
    List<List<String>> rows = new ArrayList<>();
    for (NamedRun run : runs) {
      RunEpoch best = run.best();
      RunEpoch last = run.last();
      rows.add(
          List.of(
              run.name(),
              run.state(),
              run.epochs().size() + "/" + run.planned(),
              best == null ? "-" : Texts.percent(best.testError()),
              best == null ? "-" : Integer.toString(best.epoch()),
              last == null ? "-" : Texts.percent(last.testError())));
    }
    return rows;
  }

  /** Returns the lines for a terminal of 80 columns; the ends of long names tell runs apart. */
  static List<String> lines(List<NamedRun> runs) {
    Table table = new Table("run", "state", "epochs", "best error", "at", "last error");
    for (List<String> row : rows(runs)) {
      List<String> cells = new ArrayList<>(row);
      cells.set(0, shortened(row.get(0)));
      table.add(cells.toArray(String[]::new));
    }
    return table.lines();
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME
        ? name
        : "…" + name.substring(name.length() - LONGEST_NAME + 1);
  }
}
