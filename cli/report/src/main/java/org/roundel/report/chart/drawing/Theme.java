package org.roundel.report.chart.drawing;

import java.awt.Color;
import java.util.List;
import org.roundel.report.chart.Palette;

/**
 * The colors of a drawing.
 *
 * @param series by the numbers of {@link Palette}
 */
record Theme(Color background, Color text, Color axis, Color grid, List<Color> series) {
  static final Theme LIGHT =
      new Theme(
          new Color(0xffffff),
          new Color(0x1f2328),
          new Color(0x59636e),
          new Color(0xe4e7eb),
          colors(0x000000, 0x0072b2, 0xd55e00, 0xe69f00, 0x009e73, 0x767676, 0xcc79a7, 0x56b4e9));

  static final Theme DARK =
      new Theme(
          new Color(0x14181d),
          new Color(0xe6e9ed),
          new Color(0x9aa4af),
          new Color(0x2b323a),
          colors(0xffffff, 0x3f9fe0, 0xe8702a, 0xe69f00, 0x1bb487, 0x9a9a9a, 0xd98ab6, 0x9ad6f7));

  private static List<Color> colors(int... values) {
    Color[] colors = new Color[values.length];
    for (int i = 0; i < values.length; i++) {
      colors[i] = new Color(values[i]);
    }
    return List.of(colors);
  }

  /** Returns a color of the palette mixed with the background, which nothing shines through. */
  Color mixed(int color, double share) {
    Color solid = series.get(color);
    return new Color(
        mix(background.getRed(), solid.getRed(), share),
        mix(background.getGreen(), solid.getGreen(), share),
        mix(background.getBlue(), solid.getBlue(), share));
  }

  private static int mix(int from, int to, double share) {
    return (int) Math.round(from + (to - from) * share);
  }

  /** Returns the color of this theme's text, or of its background: what can be read on a color. */
  Color readableOn(Color fill) {
    return contrast(text, fill) >= contrast(background, fill) ? text : background;
  }

  /** The ratio of WCAG 2.2, from 1 to 21. */
  private static double contrast(Color one, Color other) {
    double first = luminance(one) + 0.05;
    double second = luminance(other) + 0.05;
    return Math.max(first, second) / Math.min(first, second);
  }

  private static double luminance(Color color) {
    return 0.2126 * linear(color.getRed())
        + 0.7152 * linear(color.getGreen())
        + 0.0722 * linear(color.getBlue());
  }

  private static double linear(int value) {
    double share = value / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }

  /** Returns a color of the palette that lets through what is below it. */
  Color translucent(int color, double opacity) {
    Color solid = series.get(color);
    return new Color(
        solid.getRed(), solid.getGreen(), solid.getBlue(), (int) Math.round(opacity * 255));
  }
}
