package org.roundel.report.chart.drawing;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Drawings as PNG images, with two pixels for every unit of length. */
final class Png {
  private static final int PIXELS_PER_UNIT = 2;

  private Png() {}

  static byte[] of(Painting painting) {
    BufferedImage image =
        new BufferedImage(
            painting.width() * PIXELS_PER_UNIT,
            painting.height() * PIXELS_PER_UNIT,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.scale(PIXELS_PER_UNIT, PIXELS_PER_UNIT);
      painting.paint(graphics);
    } finally {
      graphics.dispose();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.setUseCache(false);
      ImageIO.write(image, "png", out);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return out.toByteArray();
  }
}
