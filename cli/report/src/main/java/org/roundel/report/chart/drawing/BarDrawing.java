package org.roundel.report.chart.drawing;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.roundel.report.chart.BarChart;
import org.roundel.report.chart.Bars;

/** Draws bars, points over categories, and their whiskers. */
final class BarDrawing {
  /** More categories than this are not written with a slope but only here and there. */
  private static final int SLOPING = 16;

  /** How much of its category a group of bars takes. */
  private static final double GROUP = 0.8;

  /** Neighbors differ in lightness too. */
  private static final double[] SHADES = {0.6, 0.3, 0.08};

  private BarDrawing() {}

  static JFreeChart of(BarChart chart, Theme theme, Size size) {
    AxisScale y = vertical(chart);
    TickAxis yAxis =
        new TickAxis(chart.y().title(), y.low(), y.high(), Ticks.of(y, 6, false), false);
    XYPlot plot = Frame.plot(categoryAxis(chart, size), yAxis, theme);
    plot.setDomainGridlinesVisible(false);
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    LegendItemCollection legend = new LegendItemCollection();
    int groups = Math.max(1, (int) chart.bars().stream().filter(each -> !each.markers()).count());
    double width = GROUP / groups;
    double room = size.plotWidth() / (double) Math.max(1, chart.categories().size());
    int group = 0;
    int layer = 0;
    for (Bars bars : chart.bars()) {
      double offset = 0;
      if (!bars.markers()) {
        double shade = SHADES[group % SHADES.length];
        offset = (group + 0.5) * width - GROUP / 2;
        plot.setDataset(layer, bars(bars, y, offset, width));
        plot.setRenderer(layer, barRenderer(bars, y, shade, theme));
        legend.add(legendItem(bars, theme.mixed(bars.color(), shade), theme));
        layer++;
        group++;
      } else {
        legend.add(legendItem(bars, theme.series().get(bars.color()), theme));
      }
      plot.setDataset(layer, points(bars, y, offset));
      plot.setRenderer(layer, pointRenderer(bars, room, theme));
      layer++;
    }
    return Frame.around(plot, chart.title(), legend, theme);
  }

  private static AxisScale vertical(BarChart chart) {
    AxisScale.Builder builder = new AxisScale.Builder(chart.y());
    for (Bars bars : chart.bars()) {
      builder.add(bars.values()).add(bars.low()).add(bars.high());
    }
    return builder.onZero();
  }

  private static TickAxis categoryAxis(BarChart chart, Size size) {
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < chart.categories().size(); i++) {
      ticks.add(new Tick(i, chart.categories().get(i)));
    }
    double needed = TickAxis.widest(ticks, Fonts.ofSize(Frame.TICK_SIZE)) + 12;
    double room = size.plotWidth() / (double) Math.max(1, ticks.size());
    boolean sloping = needed > room && ticks.size() <= SLOPING;
    int every = sloping ? 1 : every(needed / room);
    ticks.removeIf(tick -> tick.place() % every != 0 || tick.label().isEmpty());
    double end = Math.max(1, chart.categories().size()) - 0.4;
    return new TickAxis(chart.xTitle(), -0.6, end, ticks, sloping);
  }

  /** Returns 1, 2 or 5 times a power of ten that is not below a number. */
  private static int every(double atLeast) {
    int every = 1;
    int[] factors = {2, 5, 10};
    for (int power = 1; every < atLeast; power *= 10) {
      for (int factor : factors) {
        if (every < atLeast) {
          every = factor * power;
        }
      }
    }
    return every;
  }

  private static XYIntervalSeriesCollection bars(
      Bars bars, AxisScale y, double offset, double width) {
    XYIntervalSeries series = new XYIntervalSeries(bars.name());
    for (int i = 0; i < bars.values().length; i++) {
      double value = y.place(bars.values()[i]);
      if (!Double.isNaN(value)) {
        double x = i + offset;
        series.add(x, x - width / 2, x + width / 2, value, value, value);
      }
    }
    return collection(series);
  }

  private static XYIntervalSeriesCollection points(Bars bars, AxisScale y, double offset) {
    XYIntervalSeries series = new XYIntervalSeries(bars.name());
    for (int i = 0; i < bars.values().length; i++) {
      double value = y.place(bars.values()[i]);
      if (!Double.isNaN(value)) {
        double x = i + offset;
        double low = bars.low() == null ? value : y.place(bars.low()[i]);
        double high = bars.high() == null ? value : y.place(bars.high()[i]);
        series.add(
            x, x, x, value, Double.isNaN(low) ? y.low() : low, Double.isNaN(high) ? value : high);
      }
    }
    return collection(series);
  }

  private static XYIntervalSeriesCollection collection(XYIntervalSeries series) {
    XYIntervalSeriesCollection collection = new XYIntervalSeriesCollection();
    collection.addSeries(series);
    return collection;
  }

  private static XYBarRenderer barRenderer(Bars bars, AxisScale y, double shade, Theme theme) {
    XYBarRenderer renderer = new XYBarRenderer();
    renderer.setBarPainter(new StandardXYBarPainter());
    renderer.setShadowVisible(false);
    renderer.setDrawBarOutline(true);
    renderer.setBase(y.logarithmic() ? y.low() : Math.max(0, y.low()));
    renderer.setSeriesPaint(0, theme.mixed(bars.color(), shade));
    renderer.setSeriesOutlinePaint(0, theme.series().get(bars.color()));
    renderer.setSeriesOutlineStroke(0, new BasicStroke(1f));
    return renderer;
  }

  private static XYErrorRenderer pointRenderer(Bars bars, double room, Theme theme) {
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawXError(false);
    renderer.setDrawYError(bars.low() != null);
    renderer.setDefaultShapesVisible(bars.markers());
    renderer.setDefaultLinesVisible(false);
    renderer.setSeriesShape(0, Markers.of(bars.color(), Math.min(1, room / 14)));
    Color color = theme.series().get(bars.color());
    renderer.setSeriesPaint(0, color);
    renderer.setErrorPaint(bars.markers() ? color : theme.text());
    renderer.setErrorStroke(new BasicStroke(room < 12 ? 1f : 1.5f));
    renderer.setCapLength(Math.min(7, room / 2));
    return renderer;
  }

  private static LegendItem legendItem(Bars bars, Color fill, Theme theme) {
    Shape shape =
        bars.markers() ? Markers.of(bars.color()) : new Rectangle2D.Double(-7, -5, 14, 10);
    LegendItem item =
        new LegendItem(
            bars.name(),
            null,
            null,
            null,
            shape,
            fill,
            new BasicStroke(1f),
            theme.series().get(bars.color()));
    item.setLabelFont(Fonts.ofSize(Frame.TEXT_SIZE));
    return item;
  }
}
