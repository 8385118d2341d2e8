package org.roundel.report.chart.drawing;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.text.TextUtils;
import org.roundel.report.chart.Chart;

/**
 * A chart with axes.
 *
 * @param chart drawn by JFreeChart
 */
record PlotPainting(JFreeChart chart, int width, int height) implements Painting {
  static PlotPainting of(Chart chart, JFreeChart drawn, Size size) {
    // Rotated text would be drawn as outlines, which nobody can select, search or hear.
    TextUtils.setUseDrawRotatedStringWorkaround(false);
    RenderingHints hints = drawn.getRenderingHints();
    hints.put(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    hints.put(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    drawn.setTextAntiAlias(true);
    return new PlotPainting(drawn, size.width(), Frame.height(chart, drawn, size));
  }

  @Override
  public void paint(Graphics2D graphics) {
    graphics.setFont(Fonts.ofSize(Frame.TEXT_SIZE));
    chart.draw(graphics, new Rectangle2D.Double(0, 0, width, height));
  }
}
