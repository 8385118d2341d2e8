package org.roundel.report.chart;

import java.util.List;

/**
 * A square of cells whose rows and columns have the same names, as which class was taken for which.
 * Cells are shaded by their share; those of the diagonal in a color of their own.
 *
 * @param title the line above the chart
 * @param rowTitle what a row is
 * @param columnTitle what a column is
 * @param names of the rows, from the top, and of the columns, from the left
 * @param cells what is in them
 */
public record MatrixChart(
    String title, String rowTitle, String columnTitle, List<String> names, Cells cells)
    implements Chart {
  /** The most rows that a chart has: one for each of its pixels. */
  public static final int MOST = 2000;

  /** What is in the cells. */
  public interface Cells {
    /** Returns how much of a row is in a cell, in [0, 1]. */
    double share(int row, int column);

    /** Returns what is written into a cell where there is room. */
    String text(int row, int column);
  }

  /** Keeps a copy of the names. */
  public MatrixChart {
    names = List.copyOf(names);
    if (names.isEmpty() || names.size() > MOST) {
      throw new IllegalArgumentException(names.size() + " rows; allowed: 1 to " + MOST);
    }
  }
}
