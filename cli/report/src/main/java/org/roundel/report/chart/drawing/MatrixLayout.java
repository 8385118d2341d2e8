package org.roundel.report.chart.drawing;

import java.awt.Font;
import java.util.List;
import org.roundel.report.chart.MatrixChart;

/**
 * Where the parts of a matrix are, in units of length.
 *
 * @param cell the width and height of a cell
 * @param left where the first column begins
 * @param top where the first row begins
 * @param upright whether the columns' names are written from below upwards
 */
record MatrixLayout(int rows, int cell, int left, int top, boolean upright) {
  /** The most rows whose cells have room for a text. */
  private static final int MOST_TEXTS = 20;

  /** The most rows that have room for a name; others have a number here and there. */
  private static final int MOST_NAMES = 60;

  private static final int MARGIN = 16;
  private static final int LINE = 24;
  private static final int LONGEST_NAME = 22;
  private static final int SMALLEST_TEXT_CELL = 34;
  private static final int NAME_CELL = 16;
  private static final int LARGEST_SIDE = 800;
  private static final int LEAST_WIDTH = 400;
  static final float TEXT_SIZE = 13f;

  static MatrixLayout of(MatrixChart chart) {
    Font font = Fonts.ofSize(TEXT_SIZE);
    int rows = chart.names().size();
    int cell = Math.max(1, Math.min(NAME_CELL - 1, LARGEST_SIDE / rows));
    if (rows <= MOST_TEXTS) {
      cell = SMALLEST_TEXT_CELL;
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < rows; column++) {
          cell = Math.max(cell, 10 + width(chart.cells().text(row, column), font));
        }
      }
    } else if (rows <= MOST_NAMES) {
      cell = NAME_CELL;
    }
    int widest = 0;
    for (int row = 0; row < rows; row++) {
      widest = Math.max(widest, width(label(chart, row), font));
    }
    boolean upright = rows <= MOST_NAMES && widest > cell - 6;
    int left = MARGIN + LINE + widest + 8;
    int top = MARGIN + 2 * LINE + 8 + (upright ? widest : LINE / 2) + 8;
    return new MatrixLayout(rows, cell, left, top, upright);
  }

  private static int width(String text, Font font) {
    return (int) Math.ceil(TickAxis.width(text, font));
  }

  /** Returns what is written beside a row and above a column; empty where there is no room. */
  static String label(MatrixChart chart, int row) {
    List<String> names = chart.names();
    if (names.size() > MOST_NAMES) {
      int every = names.size() > 500 ? 100 : 10;
      return row % every == 0 ? Integer.toString(row) : "";
    }
    String name = names.get(row);
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
  }

  boolean hasTexts() {
    return rows <= MOST_TEXTS;
  }

  /** Returns how much of a cell is left free, so that cells can be told apart. */
  int gap() {
    return rows <= MOST_NAMES ? 1 : 0;
  }

  int side() {
    return rows * cell;
  }

  int width() {
    return Math.max(LEAST_WIDTH, left + side() + MARGIN);
  }

  int height() {
    return top + side() + MARGIN;
  }

  int titleLine() {
    return MARGIN + LINE / 2;
  }

  /** Returns the base line of what the columns are. */
  int columnTitleLine() {
    return MARGIN + 2 * LINE - 6;
  }

  int rowTitleLine() {
    return MARGIN + LINE / 2;
  }
}
