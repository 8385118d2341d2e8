package org.roundel.cli.command.sweep;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import org.roundel.report.terminal.Texts;
import org.roundel.sweep.cell.Cell;

/**
 * The cells of a sweep with the settings that vary among them.
 *
 * @param cells in the order of the sweep
 */
record CellTable(List<Cell> cells) {
  void print(PrintStream out) {
    List<Column<Cell>> columns = new ArrayList<>();
    columns.add(Column.of("cell", Cell::name));
    for (String key : varying()) {
      columns.add(Column.of(key, cell -> shown(cell, key)));
    }
    new Table<>(columns, cells).print(out, Texts.of(cells.size(), "cell") + ":");
  }

  private Set<String> varying() {
    Set<String> keys = new LinkedHashSet<>();
    cells.forEach(cell -> keys.addAll(cell.configuration().resolved().keySet()));
    keys.removeIf(
        key ->
            cells.stream()
                .allMatch(
                    cell ->
                        Objects.equals(
                            cell.configuration().text(key),
                            cells.get(0).configuration().text(key))));
    return keys;
  }

  private static String shown(Cell cell, String key) {
    return Objects.requireNonNullElse(cell.configuration().text(key), "-");
  }
}
