package org.roundel.report.chart.drawing;

import java.awt.BasicStroke;
import java.awt.Color;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.roundel.report.chart.Chart;

/** What all charts have in common: the title above, axes and grid, the legend below. */
final class Frame {
  private static final int LINE_HEIGHT = 24;

  static final float TEXT_SIZE = 14f;
  static final float TICK_SIZE = 13f;

  private static final float TITLE_SIZE = 17f;

  /** The width of a legend's line or box with the space around it. */
  private static final int SYMBOL = 60;

  private Frame() {}

  /** Returns a plot with styled axes and nothing in it. */
  static XYPlot plot(ValueAxis x, ValueAxis y, Theme theme) {
    for (ValueAxis axis : new ValueAxis[] {x, y}) {
      axis.setLabelFont(Fonts.ofSize(TEXT_SIZE));
      axis.setLabelPaint(theme.text());
      axis.setTickLabelFont(Fonts.ofSize(TICK_SIZE));
      axis.setTickLabelPaint(theme.text());
      axis.setAxisLinePaint(theme.axis());
      axis.setTickMarkPaint(theme.axis());
      axis.setTickMarkOutsideLength(5f);
      axis.setMinorTickMarkOutsideLength(2.5f);
    }
    XYPlot plot = new XYPlot(null, x, y, null);
    plot.setBackgroundPaint(theme.background());
    plot.setOutlineVisible(false);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setDomainGridlinePaint(theme.grid());
    plot.setRangeGridlinePaint(theme.grid());
    plot.setDomainGridlineStroke(new BasicStroke(1f));
    plot.setRangeGridlineStroke(new BasicStroke(1f));
    plot.setDomainZeroBaselineVisible(false);
    return plot;
  }

  /** Returns the whole chart. */
  static JFreeChart around(XYPlot plot, String title, LegendItemCollection items, Theme theme) {
    for (int i = 0; i < items.getItemCount(); i++) {
      LegendItem item = items.get(i);
      item.setLabelPaint(theme.text());
    }
    plot.setFixedLegendItems(items);
    JFreeChart chart = new JFreeChart(null, Fonts.ofSize(TITLE_SIZE), plot, false);
    chart.setBackgroundPaint(theme.background());
    chart.setPadding(new RectangleInsets(10, 10, 8, 18));
    TextTitle heading = new TextTitle(title, Fonts.ofSize(TITLE_SIZE));
    heading.setPaint(theme.text());
    heading.setHorizontalAlignment(HorizontalAlignment.LEFT);
    heading.setTextAlignment(HorizontalAlignment.LEFT);
    heading.setMargin(0, 0, 10, 0);
    chart.setTitle(heading);
    if (items.getItemCount() > 1) {
      chart.addLegend(legend(plot, theme));
    }
    return chart;
  }

  /** Returns how high a chart has to be so that a long legend or title takes nothing from it. */
  static int height(Chart chart, JFreeChart drawn, Size size) {
    int available = size.width() - 28;
    int rows = 1;
    double used = 0;
    LegendItemCollection items = drawn.getXYPlot().getLegendItems();
    for (int i = 0; i < items.getItemCount(); i++) {
      double width = TickAxis.width(items.get(i).getLabel(), Fonts.ofSize(TEXT_SIZE)) + SYMBOL;
      if (used > 0 && used + width > available) {
        rows++;
        used = 0;
      }
      used += width;
    }
    int titleRows = (int) (TickAxis.width(chart.title(), Fonts.ofSize(TITLE_SIZE)) / available) + 1;
    return size.height() + (rows - 1 + titleRows - 1) * LINE_HEIGHT;
  }

  /** Returns a name as long as a line of the legend has room for; its end tells it from others. */
  static String label(String name, Size size) {
    int available = size.width() - 28 - SYMBOL;
    if (TickAxis.width(name, Fonts.ofSize(TEXT_SIZE)) <= available) {
      return name;
    }
    int start = 1;
    while (start < name.length() - 1
        && TickAxis.width("…" + name.substring(start), Fonts.ofSize(TEXT_SIZE)) > available) {
      start++;
    }
    return "…" + name.substring(start);
  }

  private static LegendTitle legend(XYPlot plot, Theme theme) {
    LegendTitle legend = new LegendTitle(plot);
    legend.setItemFont(Fonts.ofSize(TEXT_SIZE));
    legend.setItemPaint(theme.text());
    legend.setBackgroundPaint(new Color(0, 0, 0, 0));
    legend.setFrame(BlockBorder.NONE);
    legend.setPosition(RectangleEdge.BOTTOM);
    legend.setItemLabelPadding(new RectangleInsets(2, 6, 2, 14));
    legend.setMargin(6, 0, 0, 0);
    return legend;
  }
}
