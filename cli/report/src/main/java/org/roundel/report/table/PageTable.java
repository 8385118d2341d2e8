package org.roundel.report.table;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A table as a page shows it.
 *
 * @param headings a cell for each column
 * @param rows a cell for each column in each
 */
public record PageTable(List<Cell> headings, List<List<Cell>> rows) {
  /** A number, perhaps with a sign, a range, a unit or a deviation: {@code 12.34 ± 0.5 %}. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+\u2212~<>≤≥≈]*\\s*[0-9][0-9.,:]*([eE][-+\u2212]?[0-9]+)?(\\W.*|\\s.*)?",
          // So that the end is reached at the first try, whatever is in the cell.
          Pattern.DOTALL);

  private static final List<String> NOTHING = List.of("", "-", "–", "—", "NaN", "∞", "n/a");

  /** How a cell looks. */
  public enum Kind {
    /** As text does. */
    TEXT,
    /** Aligned at the right, as all of its column. */
    NUMBER,
    /** With a sign and a style that say that it is not like the others. */
    DIFFERENT
  }

  /** A text and how it looks. */
  public record Cell(String text, Kind kind) {}

  /** Returns the table with its columns of numbers aligned, their headings too. */
  PageTable aligned() {
    List<Kind> kinds = new ArrayList<>();
    for (int column = 0; column < headings.size(); column++) {
      kinds.add(isNumeric(column) ? Kind.NUMBER : Kind.TEXT);
    }
    return new PageTable(
        aligned(headings, kinds), rows.stream().map(row -> aligned(row, kinds)).toList());
  }

  private static List<Cell> aligned(List<Cell> cells, List<Kind> kinds) {
    List<Cell> aligned = new ArrayList<>();
    for (int column = 0; column < kinds.size(); column++) {
      aligned.add(new Cell(cells.get(column).text(), kinds.get(column)));
    }
    return aligned;
  }

  private boolean isNumeric(int column) {
    boolean numbers = false;
    for (List<Cell> row : rows) {
      String text = row.get(column).text().strip();
      if (NUMBER.matcher(text).matches()) {
        numbers = true;
      } else if (!NOTHING.contains(text)) {
        return false;
      }
    }
    return numbers;
  }
}
