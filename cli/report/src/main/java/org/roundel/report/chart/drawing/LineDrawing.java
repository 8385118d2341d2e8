package org.roundel.report.chart.drawing;

import java.awt.Color;
import java.awt.geom.Line2D;
import java.util.Arrays;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.annotations.XYPolygonAnnotation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.data.xy.DefaultXYDataset;
import org.roundel.report.chart.Band;
import org.roundel.report.chart.Curve;
import org.roundel.report.chart.Line;
import org.roundel.report.chart.LineChart;

/** Draws curves. */
final class LineDrawing {
  /** Longer curves have a marker only here and there. */
  private static final int MARKERS = 20;

  private static final double BAND_OPACITY = 0.18;

  private LineDrawing() {}

  static JFreeChart of(LineChart chart, Theme theme, Size size) {
    AxisScale x = horizontal(chart);
    AxisScale y = vertical(chart);
    boolean whole = !x.logarithmic() && hasWholeX(chart.curves());
    TickAxis xAxis =
        new TickAxis(chart.x().title(), x.low(), x.high(), Ticks.of(x, size.marks(), whole), false);
    TickAxis yAxis =
        new TickAxis(chart.y().title(), y.low(), y.high(), Ticks.of(y, 6, false), false);
    XYPlot plot = Frame.plot(xAxis, yAxis, theme);
    DefaultXYDataset data = new DefaultXYDataset();
    Renderer renderer = new Renderer(chart.curves());
    LegendItemCollection legend = new LegendItemCollection();
    for (int i = 0; i < chart.curves().size(); i++) {
      Curve curve = chart.curves().get(i);
      data.addSeries(i, new double[][] {places(x, curve.x()), places(y, curve.y())});
      renderer.style(i, curve, theme);
      legend.add(legendItem(curve, theme, size));
      addBand(renderer, curve, x, y, theme);
    }
    plot.setDataset(data);
    plot.setRenderer(renderer);
    return Frame.around(plot, chart.title(), legend, theme);
  }

  private static AxisScale horizontal(LineChart chart) {
    AxisScale.Builder builder = new AxisScale.Builder(chart.x());
    for (Curve curve : chart.curves()) {
      builder.add(curve.x());
    }
    return builder.around();
  }

  private static AxisScale vertical(LineChart chart) {
    AxisScale.Builder builder = new AxisScale.Builder(chart.y());
    for (Curve curve : chart.curves()) {
      builder.add(curve.y());
      if (curve.band() != null) {
        builder.add(curve.band().low()).add(curve.band().high());
      }
    }
    return builder.nearZero();
  }

  private static boolean hasWholeX(List<Curve> curves) {
    for (Curve curve : curves) {
      for (double x : curve.x()) {
        if (x != Math.rint(x)) {
          return false;
        }
      }
    }
    return true;
  }

  private static double[] places(AxisScale scale, double[] values) {
    double[] places = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      places[i] = scale.place(values[i]);
    }
    return places;
  }

  private static LegendItem legendItem(Curve curve, Theme theme, Size size) {
    Color color = theme.series().get(curve.color());
    LegendItem item =
        new LegendItem(
            Frame.label(curve.name(), size),
            null,
            null,
            null,
            hasMarkers(curve),
            Markers.of(curve.color()),
            true,
            color,
            false,
            color,
            Markers.stroke(Line.SOLID),
            curve.line() != Line.POINTS,
            new Line2D.Double(-17, 0, 17, 0),
            Markers.stroke(curve.line()),
            color);
    item.setLabelFont(Fonts.ofSize(Frame.TEXT_SIZE));
    return item;
  }

  private static boolean hasMarkers(Curve curve) {
    return curve.line() == Line.SOLID || curve.line() == Line.POINTS;
  }

  /** Adds one polygon for every stretch of a band that has no gap. */
  private static void addBand(
      XYLineAndShapeRenderer renderer, Curve curve, AxisScale x, AxisScale y, Theme theme) {
    Band band = curve.band();
    if (band == null) {
      return;
    }
    Color color = theme.translucent(curve.color(), BAND_OPACITY);
    int start = 0;
    for (int i = 0; i <= curve.x().length; i++) {
      boolean gap =
          i == curve.x().length
              || Double.isNaN(x.place(curve.x()[i]))
              || Double.isNaN(edge(y, band.low()[i]))
              || Double.isNaN(edge(y, band.high()[i]));
      if (gap) {
        if (i - start >= 2) {
          double[] polygon = polygon(curve.x(), band, start, i, x, y);
          renderer.addAnnotation(
              new XYPolygonAnnotation(polygon, null, null, color), Layer.BACKGROUND);
        }
        start = i + 1;
      }
    }
  }

  private static double[] polygon(
      double[] xs, Band band, int start, int end, AxisScale x, AxisScale y) {
    int count = end - start;
    double[] polygon = new double[4 * count];
    for (int i = 0; i < count; i++) {
      double place = x.place(xs[start + i]);
      polygon[2 * i] = place;
      polygon[2 * i + 1] = edge(y, band.high()[start + i]);
      polygon[4 * count - 2 - 2 * i] = place;
      polygon[4 * count - 1 - 2 * i] = edge(y, band.low()[start + i]);
    }
    return polygon;
  }

  /** An interval that reaches zero reaches the end of a logarithmic axis. */
  private static double edge(AxisScale y, double value) {
    return y.logarithmic() && value <= 0 ? y.low() : y.place(value);
  }

  @SuppressWarnings("serial")
  private static final class Renderer extends XYLineAndShapeRenderer {
    private final transient List<Curve> curves;

    Renderer(List<Curve> curves) {
      this.curves = curves;
      setDrawSeriesLineAsPath(true);
      setDrawOutlines(false);
    }

    void style(int index, Curve curve, Theme theme) {
      setSeriesPaint(index, theme.series().get(curve.color()));
      setSeriesStroke(index, Markers.stroke(curve.line()));
      setSeriesShape(index, Markers.of(curve.color()));
      setSeriesLinesVisible(index, curve.line() != Line.POINTS);
    }

    @Override
    public boolean getItemShapeVisible(int series, int item) {
      Curve curve = curves.get(series);
      if (curve.line() == Line.POINTS || isAlone(curve.y(), item)) {
        return true;
      }
      if (curve.line() != Line.SOLID) {
        return false;
      }
      int every = (curve.y().length + MARKERS - 1) / MARKERS;
      // Curves on top of each other keep their markers apart.
      return every <= 1 || item % every == series * every / curves.size();
    }

    private static boolean isAlone(double[] y, int item) {
      boolean before = item > 0 && Double.isFinite(y[item - 1]);
      boolean after = item + 1 < y.length && Double.isFinite(y[item + 1]);
      return !before && !after;
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(new int[] {curves.size()});
    }
  }
}
