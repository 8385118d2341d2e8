package org.roundel.cli.chart;

import java.awt.Graphics2D;
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
  private static final double SLOPE = -Math.PI / 7;

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

  @Override
  public List<NumberTick> refreshTicks(
      Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
    TextAnchor anchor = TextAnchor.TOP_CENTER;
    double angle = 0;
    if (RectangleEdge.isLeftOrRight(edge)) {
      anchor = TextAnchor.CENTER_RIGHT;
    } else if (sloping) {
      anchor = TextAnchor.TOP_RIGHT;
      angle = SLOPE;
    }
    List<NumberTick> result = new ArrayList<>();
    for (Tick tick : ticks) {
      TickType type = tick.label().isEmpty() ? TickType.MINOR : TickType.MAJOR;
      result.add(new NumberTick(type, tick.place(), tick.label(), anchor, anchor, angle));
    }
    return result;
  }

  /** Returns how high labels of a width are when they slope. */
  static double slopingHeight(double width, double lineHeight) {
    return -Math.sin(SLOPE) * width + Math.cos(SLOPE) * lineHeight;
  }
}
