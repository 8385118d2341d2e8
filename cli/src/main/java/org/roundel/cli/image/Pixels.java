package org.roundel.cli.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;

/**
 * Gets grey or colour out of a decoded image, whatever its layout. Grey values are taken as they
 * stand: Java's own conversion would brighten them, because it takes grey for linear light.
 */
final class Pixels {
  private static final int COLOURS = 3;

  private Pixels() {}

  /** Returns values from 0 to 255 in the order channel, row, column. */
  static float[] of(BufferedImage image, int channels) {
    ColorModel colours = image.getColorModel();
    int components = colours.getNumColorComponents();
    int type = image.getRaster().getTransferType();
    boolean plain =
        colours instanceof ComponentColorModel
            && (components == 1 || components == COLOURS)
            && (type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT);
    float[][] found = plain ? components(image.getRaster(), colours) : converted(image);
    if (found.length == channels) {
      return joined(found, channels);
    }
    return channels == 1
        ? grey(found)
        : joined(new float[][] {found[0], found[0], found[0]}, channels);
  }

  private static float[][] components(Raster raster, ColorModel colours) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    float[][] components = new float[colours.getNumColorComponents()][width * height];
    for (int band = 0; band < components.length; band++) {
      int largest = (1 << colours.getComponentSize(band)) - 1;
      int[] samples =
          raster.getSamples(raster.getMinX(), raster.getMinY(), width, height, band, (int[]) null);
      for (int pixel = 0; pixel < samples.length; pixel++) {
        // To whole numbers, of which 8 bits stay as they are.
        long whole = (samples[pixel] * 255L + largest / 2) / largest;
        components[band][pixel] = whole;
      }
    }
    return components;
  }

  /** Lets Java convert palettes and packed pixels. */
  private static float[][] converted(BufferedImage image) {
    int width = image.getWidth();
    int[] colours = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
    float[][] components = new float[COLOURS][colours.length];
    for (int pixel = 0; pixel < colours.length; pixel++) {
      for (int band = 0; band < COLOURS; band++) {
        components[band][pixel] = (colours[pixel] >> (8 * (COLOURS - 1 - band))) & 0xFF;
      }
    }
    return components;
  }

  private static float[] joined(float[][] components, int channels) {
    int plane = components[0].length;
    float[] joined = new float[channels * plane];
    for (int channel = 0; channel < channels; channel++) {
      System.arraycopy(components[channel], 0, joined, channel * plane, plane);
    }
    return joined;
  }

  private static float[] grey(float[][] colours) {
    float[] grey = new float[colours[0].length];
    for (int pixel = 0; pixel < grey.length; pixel++) {
      grey[pixel] =
          Math.round(
              0.299 * colours[0][pixel] + 0.587 * colours[1][pixel] + 0.114 * colours[2][pixel]);
    }
    return grey;
  }
}
