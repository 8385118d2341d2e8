package org.roundel.report;

import java.util.List;
import java.util.regex.Pattern;

/** A table as a part of an HTML page. */
final class HtmlTable {
  /** A number, perhaps with a sign, a range, a unit or a deviation: {@code 12.34 ± 0.5 %}. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+\u2212~<>≤≥≈]*\\s*[0-9][0-9.,:]*([eE][-+\u2212]?[0-9]+)?(\\W.*|\\s.*)?",
          // So that the end is reached at the first try, whatever is in the cell.
          Pattern.DOTALL);

  private static final List<String> NOTHING = List.of("", "-", "–", "—", "NaN", "∞", "n/a");

  private HtmlTable() {}

  static void append(StringBuilder page, List<String> headings, List<? extends List<String>> rows) {
    append(page, headings, rows, numericColumns(headings, rows), false);
  }

  /** Marks the cells that are not like their row's first value. */
  static void appendDifferences(
      StringBuilder page, List<String> headings, List<? extends List<String>> rows) {
    numericColumns(headings, rows);
    append(page, headings, rows, new boolean[headings.size()], true);
  }

  private static void append(
      StringBuilder page,
      List<String> headings,
      List<? extends List<String>> rows,
      boolean[] numeric,
      boolean marked) {
    page.append("<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table: ")
        .append(Html.escape(String.join(", ", headings)))
        .append("\">\n<table>\n<thead>\n<tr>");
    for (int column = 0; column < numeric.length; column++) {
      cell(page, "th scope=\"col\"", "th", numeric[column], headings.get(column));
    }
    page.append("</tr>\n</thead>\n<tbody>\n");
    for (List<String> row : rows) {
      page.append("<tr>");
      for (int column = 0; column < numeric.length; column++) {
        if (marked && column > 1 && !row.get(column).equals(row.get(1))) {
          page.append("<td class=\"different\">\u2260 ");
          page.append(Html.escape(row.get(column))).append("</td>");
        } else {
          cell(page, "td", "td", numeric[column], row.get(column));
        }
      }
      page.append("</tr>\n");
    }
    page.append("</tbody>\n</table>\n</div>\n");
  }

  private static boolean[] numericColumns(
      List<String> headings, List<? extends List<String>> rows) {
    boolean[] numeric = new boolean[headings.size()];
    for (List<String> row : rows) {
      if (row.size() != headings.size()) {
        throw new IllegalArgumentException(
            row.size() + " cells for " + headings.size() + " headings: " + row);
      }
    }
    for (int column = 0; column < numeric.length; column++) {
      int numbers = 0;
      boolean others = false;
      for (List<String> row : rows) {
        String cell = row.get(column).strip();
        if (NUMBER.matcher(cell).matches()) {
          numbers++;
        } else if (!NOTHING.contains(cell)) {
          others = true;
        }
      }
      numeric[column] = numbers > 0 && !others;
    }
    return numeric;
  }

  private static void cell(
      StringBuilder page, String open, String close, boolean numeric, String text) {
    page.append('<').append(open).append(numeric ? " class=\"number\">" : ">");
    page.append(Html.escape(text)).append("</").append(close).append('>');
  }
}
