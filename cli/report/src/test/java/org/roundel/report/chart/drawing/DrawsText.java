package org.roundel.report.chart.drawing;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import org.roundel.report.chart.SampleCharts;

/** A program that draws text with the fonts of the machine, or a chart with its own. */
final class DrawsText {
  private DrawsText() {}

  public static void main(String[] arguments) {
    if (arguments[0].equals("text")) {
      System.setProperty("java.awt.headless", "true");
      Graphics2D graphics = new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB).createGraphics();
      graphics.drawString("text", 1, 8);
    } else {
      ChartFiles.write(Path.of(arguments[1]), "bands", SampleCharts.bands());
    }
    System.out.println("drawn");
  }
}
