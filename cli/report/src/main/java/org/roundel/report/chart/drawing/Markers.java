package org.roundel.report.chart.drawing;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.roundel.report.chart.Line;
import org.roundel.report.chart.Palette;

/** What tells curves apart without color: one marker for each color of the palette, and dashes. */
final class Markers {
  private static final double RADIUS = 4;

  private Markers() {}

  /** Returns the marker that goes with a color, around the origin. */
  static Shape of(int color) {
    return switch (color) {
      case Palette.ADAM -> new Ellipse2D.Double(-RADIUS, -RADIUS, 2 * RADIUS, 2 * RADIUS);
      case Palette.BINARY_CONNECT -> new Rectangle2D.Double(-3.5, -3.5, 7, 7);
      case Palette.BIG_STOCHASTIC_ROUNDING -> polygon(3, -90, 5);
      case Palette.STOCHASTIC_ROUNDING -> polygon(4, 0, 5);
      case Palette.DETERMINISTIC_ROUNDING -> polygon(3, 90, 5);
      case Palette.REFERENCE -> cross(Math.PI / 4);
      case Palette.PURPLE -> polygon(5, -90, 4.6);
      default -> cross(0);
    };
  }

  /** Returns the marker that goes with a color, smaller where there is less room. */
  static Shape of(int color, double scale) {
    return AffineTransform.getScaleInstance(scale, scale).createTransformedShape(of(color));
  }

  /** Returns the stroke of a line. */
  static BasicStroke stroke(Line line) {
    return switch (line) {
      case SOLID, POINTS -> stroke(BasicStroke.CAP_ROUND);
      case DASHED -> stroke(BasicStroke.CAP_BUTT, 7, 4);
      case DOTTED -> stroke(BasicStroke.CAP_ROUND, 0.1f, 4.5f);
    };
  }

  private static BasicStroke stroke(int cap, float... dashes) {
    return new BasicStroke(
        2f, cap, BasicStroke.JOIN_ROUND, 10f, dashes.length == 0 ? null : dashes, 0f);
  }

  private static Shape polygon(int corners, double degrees, double radius) {
    Path2D path = new Path2D.Double();
    for (int corner = 0; corner < corners; corner++) {
      double angle = Math.toRadians(degrees + corner * 360.0 / corners);
      double x = radius * Math.cos(angle);
      double y = radius * Math.sin(angle);
      if (corner == 0) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
    }
    path.closePath();
    return path;
  }

  private static Shape cross(double angle) {
    double arm = 5;
    double half = 1.1;
    double[] corners = {
      -arm, -half, -half, -half, -half, -arm, half, -arm, half, -half, arm, -half,
      arm, half, half, half, half, arm, -half, arm, -half, half, -arm, half
    };
    Path2D path = new Path2D.Double();
    path.moveTo(corners[0], corners[1]);
    for (int i = 2; i < corners.length; i += 2) {
      path.lineTo(corners[i], corners[i + 1]);
    }
    path.closePath();
    return path.createTransformedShape(AffineTransform.getRotateInstance(angle));
  }
}
