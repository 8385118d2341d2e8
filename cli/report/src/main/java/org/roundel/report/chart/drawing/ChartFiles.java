package org.roundel.report.chart.drawing;

import java.nio.file.Path;
import org.roundel.core.RoundelException;
import org.roundel.core.run.AtomicFiles;
import org.roundel.report.chart.Chart;
import org.roundel.report.chart.Figure;

/** Draws charts into files. */
public final class ChartFiles {
  private ChartFiles() {}

  /**
   * Writes one drawing, in the colors of a light page.
   *
   * @param file its name ends in {@code .png} or {@code .svg}; replaced where it exists
   * @throws RoundelException if it cannot be written
   */
  public static void write(Path file, Chart chart) {
    Drawing drawing = new Drawing(chart, Theme.LIGHT, Size.WIDE);
    if (file.toString().endsWith(".svg")) {
      AtomicFiles.write(file, drawing.svg());
    } else {
      AtomicFiles.write(file, drawing.png());
    }
  }

  /**
   * Writes {@code name.png}, {@code name.svg}, {@code name-dark.png} and {@code name-dark.svg}; the
   * same chart gives the same bytes.
   *
   * @param directory exists; files of these names are replaced
   * @param name of small letters, digits and hyphens
   * @return the drawings, for a report
   * @throws RoundelException if a file cannot be written
   */
  public static Figure write(Path directory, String name, Chart chart) {
    if (!name.matches("[a-z0-9][a-z0-9-]*")) {
      throw new IllegalArgumentException(
          "A figure named \"" + name + "\"; names have small letters, digits and hyphens");
    }
    Figure figure = figure(name, chart);
    byte[] light = new Drawing(chart, Theme.LIGHT, Size.WIDE).png();
    byte[] dark = new Drawing(chart, Theme.DARK, Size.WIDE).png();
    AtomicFiles.write(directory.resolve(name + ".png"), light);
    AtomicFiles.write(directory.resolve(name + ".svg"), figure.lightSvg());
    AtomicFiles.write(directory.resolve(name + "-dark.png"), dark);
    AtomicFiles.write(directory.resolve(name + "-dark.svg"), figure.darkSvg());
    return figure;
  }

  /**
   * Draws a chart for a report, without files.
   *
   * @param name of small letters, digits and hyphens
   */
  public static Figure figure(String name, Chart chart) {
    return new Figure(
        name,
        chart.title(),
        new Drawing(chart, Theme.LIGHT, Size.WIDE).svg(),
        new Drawing(chart, Theme.DARK, Size.WIDE).svg(),
        new Drawing(chart, Theme.LIGHT, Size.NARROW).svg(),
        new Drawing(chart, Theme.DARK, Size.NARROW).svg());
  }
}
