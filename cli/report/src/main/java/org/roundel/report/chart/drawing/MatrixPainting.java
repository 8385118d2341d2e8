package org.roundel.report.chart.drawing;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import org.roundel.report.chart.MatrixChart;
import org.roundel.report.chart.Palette;

/** Draws a matrix of shaded cells. */
final class MatrixPainting implements Painting {
  private static final float TITLE_SIZE = 17f;

  private final MatrixChart chart;
  private final Theme theme;
  private final MatrixLayout layout;

  MatrixPainting(MatrixChart chart, Theme theme) {
    this.chart = chart;
    this.theme = theme;
    this.layout = MatrixLayout.of(chart);
  }

  @Override
  public int width() {
    int title = (int) TickAxis.width(chart.title(), Fonts.ofSize(TITLE_SIZE)) + 32;
    return Math.max(layout.width(), title);
  }

  @Override
  public int height() {
    return layout.height();
  }

  @Override
  public void paint(Graphics2D graphics) {
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    graphics.setColor(theme.background());
    graphics.fill(new Rectangle2D.Double(0, 0, width(), height()));
    graphics.setColor(theme.text());
    graphics.setFont(Fonts.ofSize(TITLE_SIZE));
    graphics.drawString(chart.title(), 16f, layout.titleLine());
    graphics.setFont(Fonts.ofSize(MatrixLayout.TEXT_SIZE));
    graphics.drawString(chart.columnTitle(), layout.left(), layout.columnTitleLine());
    double width = TickAxis.width(chart.rowTitle(), graphics.getFont());
    float middle = (float) (layout.top() + (layout.side() + width) / 2);
    upwards(graphics, chart.rowTitle(), layout.rowTitleLine(), middle);
    for (int row = 0; row < layout.rows(); row++) {
      names(graphics, row);
    }
    graphics.setColor(theme.grid());
    graphics.fill(
        new Rectangle2D.Double(layout.left(), layout.top(), layout.side(), layout.side()));
    for (int row = 0; row < layout.rows(); row++) {
      for (int column = 0; column < layout.rows(); column++) {
        cell(graphics, row, column);
      }
    }
  }

  private void names(Graphics2D graphics, int row) {
    String name = MatrixLayout.label(chart, row);
    double width = TickAxis.width(name, graphics.getFont());
    float middle = (row + 0.5f) * layout.cell();
    graphics.setColor(theme.text());
    graphics.drawString(
        name, (float) (layout.left() - 8 - width), layout.top() + middle + capital());
    if (layout.upright()) {
      upwards(graphics, name, layout.left() + middle + capital(), layout.top() - 8f);
    } else {
      graphics.drawString(name, (float) (layout.left() + middle - width / 2), layout.top() - 8f);
    }
  }

  /** Returns half the height of a capital. */
  private static float capital() {
    return 0.36f * MatrixLayout.TEXT_SIZE;
  }

  private static void upwards(Graphics2D graphics, String text, float x, float y) {
    AffineTransform before = graphics.getTransform();
    graphics.rotate(-Math.PI / 2, x, y);
    graphics.drawString(text, x, y);
    graphics.setTransform(before);
  }

  private void cell(Graphics2D graphics, int row, int column) {
    double share = chart.cells().share(row, column);
    boolean empty = !(share > 0);
    if (empty && layout.gap() == 0) {
      return;
    }
    // By the root, so that a hundredth can be seen.
    double shade = empty ? 0 : 0.08 + 0.87 * Math.sqrt(Math.min(share, 1));
    int color = row == column ? Palette.BINARY_CONNECT : Palette.BIG_STOCHASTIC_ROUNDING;
    Color fill = theme.mixed(color, shade);
    double x = layout.left() + (double) column * layout.cell();
    double y = layout.top() + (double) row * layout.cell();
    double side = layout.cell() - layout.gap();
    graphics.setColor(fill);
    graphics.fill(new Rectangle2D.Double(x, y, side, side));
    if (layout.hasTexts() && !empty) {
      String text = chart.cells().text(row, column);
      double width = TickAxis.width(text, graphics.getFont());
      graphics.setColor(theme.readableOn(fill));
      graphics.drawString(
          text, (float) (x + (side - width) / 2), (float) (y + side / 2) + capital());
    }
  }
}
