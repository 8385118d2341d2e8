package org.roundel.report.chart.drawing;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** An axis whose marks were chosen beforehand. */
@SuppressWarnings("serial")
final class TickAxis extends NumberAxis {
  private static final double SLOPE = Math.PI / 7;
  private static final double LINE_HEIGHT = 16;

  private final transient List<Tick> ticks;
  private final boolean sloping;

  /**
   * Makes an axis.
   *
   * @param sloping whether the labels of a horizontal axis rise to their marks
   */
  TickAxis(String title, double low, double high, List<Tick> ticks, boolean sloping) {
    super(title);
    this.ticks = List.copyOf(ticks);
    this.sloping = sloping;
    setRange(low, high);
    setMinorTickMarksVisible(true);
  }

  /** Returns the marks of a horizontal axis, or of a vertical one at the left. */
  @Override
  public List<NumberTick> refreshTicks(
      Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
    TextAnchor anchor = TextAnchor.TOP_CENTER;
    double angle = 0;
    if (RectangleEdge.isLeftOrRight(edge)) {
      anchor = TextAnchor.CENTER_RIGHT;
    } else if (sloping) {
      anchor = TextAnchor.TOP_RIGHT;
      angle = -SLOPE;
    }
    List<NumberTick> result = new ArrayList<>();
    for (Tick tick : ticks) {
      TickType type = tick.label().isEmpty() ? TickType.MINOR : TickType.MAJOR;
      result.add(new NumberTick(type, tick.place(), tick.label(), anchor, anchor, angle));
    }
    return result;
  }

  /** JFreeChart makes room for horizontal and vertical labels only. */
  @Override
  protected double findMaximumTickLabelHeight(
      @SuppressWarnings("rawtypes") List marks,
      Graphics2D graphics,
      Rectangle2D area,
      boolean vertical) {
    if (!sloping) {
      return super.findMaximumTickLabelHeight(marks, graphics, area, vertical);
    }
    double width = widest(ticks, getTickLabelFont());
    return Math.sin(SLOPE) * width + Math.cos(SLOPE) * LINE_HEIGHT;
  }

  /** Returns the width of the longest label. */
  static double widest(List<Tick> ticks, Font font) {
    double widest = 0;
    for (Tick tick : ticks) {
      widest = Math.max(widest, width(tick.label(), font));
    }
    return widest;
  }

  /** Returns the width of a text. */
  static double width(String text, Font font) {
    return font.getStringBounds(text, new FontRenderContext(null, true, true)).getWidth();
  }
}
