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
    Drawing drawing = new Drawing(chart, Theme.LIGHT);
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
    Drawing light = new Drawing(chart, Theme.LIGHT);
    Drawing dark = new Drawing(chart, Theme.DARK);
    Figure figure = new Figure(name, chart.title(), light.svg(), dark.svg());
    AtomicFiles.write(directory.resolve(name + ".png"), light.png());
    AtomicFiles.write(directory.resolve(name + ".svg"), figure.lightSvg());
    AtomicFiles.write(directory.resolve(name + "-dark.png"), dark.png());
    AtomicFiles.write(directory.resolve(name + "-dark.svg"), figure.darkSvg());
    return figure;
  }
}
