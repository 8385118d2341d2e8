package org.roundel.report.chart.drawing;

import java.awt.Graphics2D;

/** Something to draw, with its size in units of length. */
interface Painting {
  int width();

  int height();

  /** Draws all of it, its background too. */
  void paint(Graphics2D graphics);
}
