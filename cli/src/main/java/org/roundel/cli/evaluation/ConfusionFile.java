package org.roundel.cli.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.event.ClassResults;
import org.roundel.core.event.ConfusionMatrix;
import org.roundel.core.event.ConfusionMatrix.Cell;
import org.roundel.report.chart.MatrixChart;
import org.roundel.report.chart.drawing.ChartFiles;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import org.roundel.report.terminal.Texts;

/** A confusion matrix as a picture or as comma-separated values. */
public final class ConfusionFile {
  private ConfusionFile() {}

  /**
   * Writes the matrix.
   *
   * @param file its name ends in {@code .png}, {@code .svg} or {@code .csv}; replaced where it
   *     exists
   * @throws RoundelException if it cannot be written, or there are too many classes for a picture
   */
  public static void write(Path file, ClassResults classes) {
    if (file.toString().endsWith(".csv")) {
      table(classes).write(file);
      return;
    }
    if (classes.classNames().size() > MatrixChart.MOST) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "a picture has room for "
              + Texts.count(MatrixChart.MOST)
              + " classes, and there are "
              + Texts.count(classes.classNames().size())
              + "; a file whose name ends in .csv has all");
    }
    ChartFiles.write(file, chart(classes));
  }

  private static MatrixChart chart(ClassResults classes) {
    ConfusionMatrix confusion = classes.confusion();
    return new MatrixChart(
        "Confusion matrix, " + Texts.of(confusion.images(), "image"),
        "own class",
        "taken for; the shade is the share of the row",
        classes.classNames(),
        new MatrixChart.Cells() {
          @Override
          public double share(int row, int column) {
            int images = confusion.images(row);
            return images == 0 ? 0 : (double) confusion.count(row, column) / images;
          }

          @Override
          public String text(int row, int column) {
            return Texts.count(confusion.count(row, column));
          }
        });
  }

  /**
   * Returns a row for each pair of classes that occurs, and for a class' images that no class was
   * found for, whose predicted index is −1.
   */
  private static Table<Cell> table(ClassResults classes) {
    ConfusionMatrix confusion = classes.confusion();
    List<String> names = classes.classNames();
    List<Cell> cells = new ArrayList<>(confusion.confusions());
    for (int actual = 0; actual < names.size(); actual++) {
      for (int predicted : new int[] {actual, ConfusionMatrix.NONE}) {
        if (confusion.count(actual, predicted) > 0) {
          cells.add(new Cell(actual, predicted, confusion.count(actual, predicted)));
        }
      }
    }
    cells.sort(Comparator.comparingInt(Cell::actual).thenComparingInt(Cell::predicted));
    return new Table<>(
        List.of(
            Column.data("index", Cell::actual),
            Column.data("class", cell -> names.get(cell.actual())),
            Column.data("predicted_index", Cell::predicted),
            Column.data("predicted", cell -> name(names, cell.predicted())),
            Column.data("images", Cell::images)),
        cells);
  }

  private static String name(List<String> names, int index) {
    return index == ConfusionMatrix.NONE ? "" : names.get(index);
  }
}
