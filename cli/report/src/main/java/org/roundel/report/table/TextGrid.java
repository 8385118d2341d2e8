package org.roundel.report.table;

import java.util.ArrayList;
import java.util.List;

/** Cells as lines of text, each column as wide as its widest cell. */
final class TextGrid {
  private static final String GAP = "  ";

  private TextGrid() {}

  /**
   * Returns the lines of rows that are all as long as the first.
   *
   * @param right which columns are aligned at the right
   */
  static List<String> lines(List<List<String>> rows, List<Boolean> right) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        String cell = row.get(column);
        String blanks = " ".repeat(widths[column] - cell.length());
        line.append(right.get(column) ? blanks + cell : cell + blanks).append(GAP);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
