package org.roundel.report.table;

import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.core.RoundelException;
import org.roundel.report.table.Column.Place;
import org.roundel.report.table.Column.View;
import org.roundel.report.table.PageTable.Cell;
import org.roundel.report.table.PageTable.Kind;

/**
 * Rows under columns, made once for all places where they go: lines of a terminal, a page, a file
 * of comma-separated values. The columns say what each place has.
 *
 * @param <R> what a row is about
 */
public final class Table<R> {
  private final List<Column<R>> columns;
  private final Iterable<? extends R> rows;

  /**
   * Makes a table.
   *
   * @param rows gone through anew for each place, so that a file may have more than memory
   */
  public Table(List<Column<R>> columns, Iterable<? extends R> rows) {
    this.columns = List.copyOf(columns);
    this.rows = rows;
  }

  /** Returns a table of other rows under the same columns. */
  public Table<R> with(Iterable<? extends R> otherRows) {
    return new Table<>(columns, otherRows);
  }

  /** Returns whether there is no row. */
  public boolean isEmpty() {
    return !rows.iterator().hasNext();
  }

  /** Returns lines for a terminal, the headings first, without blanks at the end. */
  public List<String> lines() {
    List<View<R>> views = views(Place.TERMINAL);
    List<List<String>> cells = new ArrayList<>();
    cells.add(views.stream().map(View::heading).toList());
    for (R row : rows) {
      cells.add(views.stream().map(view -> String.valueOf(view.value().apply(row))).toList());
    }
    return TextGrid.lines(cells, views.stream().map(View::right).toList());
  }

  /** Prints a title and, indented, the lines. */
  public void print(PrintStream out, String title) {
    out.println(title);
    lines().forEach(line -> out.println("  " + line));
  }

  /** Returns the table as a page shows it: columns of numbers are aligned at the right. */
  public PageTable page() {
    List<View<R>> views = views(Place.PAGE);
    List<Cell> headings = views.stream().map(view -> new Cell(view.heading(), Kind.TEXT)).toList();
    List<List<Cell>> cells = new ArrayList<>();
    for (R row : rows) {
      cells.add(views.stream().map(view -> cell(view, row)).toList());
    }
    PageTable page = new PageTable(headings, cells);
    return columns.stream().anyMatch(Column::compares) ? page : page.aligned();
  }

  private static <R> Cell cell(View<R> view, R row) {
    String text = String.valueOf(view.value().apply(row));
    return new Cell(text, view.different().test(row) ? Kind.DIFFERENT : Kind.TEXT);
  }

  /**
   * Writes the table as comma-separated values.
   *
   * @param file replaced where it exists; its directory exists
   * @throws RoundelException if the file cannot be written
   */
  public void write(Path file) {
    List<View<R>> views = views(Place.DATA);
    Csv.write(file, views.stream().map(View::heading).toList(), rows, row -> values(views, row));
  }

  /** Prints what {@link #write} writes. */
  public void printData(PrintStream out) {
    List<View<R>> views = views(Place.DATA);
    StringWriter text = new StringWriter();
    try {
      Csv.write(text, views.stream().map(View::heading).toList(), rows, row -> values(views, row));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    out.print(text);
  }

  private static <R> List<@Nullable Object> values(List<View<R>> views, R row) {
    List<@Nullable Object> values = new ArrayList<>(views.size());
    for (View<R> view : views) {
      values.add(view.value().apply(row));
    }
    return values;
  }

  private List<View<R>> views(Place place) {
    return columns.stream().flatMap(column -> column.view(place).stream()).toList();
  }
}
