package org.roundel.datasets.image;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/**
 * Gets red, green and blue out of a decoded image, whatever its layout.
 *
 * <p>Grey values are taken as they stand and used for all three channels: {@code
 * BufferedImage.getRGB} would brighten them, because Java takes grey for linear light. Transparency
 * is dropped, not blended. 16-bit values are scaled to 8 bits.
 */
final class PixelLayout {
  private static final ColorModel COLOURS =
      new ComponentColorModel(
          ColorSpace.getInstance(ColorSpace.CS_sRGB),
          false,
          false,
          Transparency.OPAQUE,
          DataBuffer.TYPE_BYTE);

  private PixelLayout() {}

  /** Returns an image in the order row, column, channel, whose bytes are the workspace's. */
  static BufferedImage interleaved(int width, int height, Workspace workspace) {
    int length = Math.multiplyExact(3 * width, height);
    DataBufferByte bytes = new DataBufferByte(workspace.samples(length), length);
    WritableRaster raster =
        Raster.createInterleavedRaster(
            bytes, width, height, 3 * width, 3, new int[] {0, 1, 2}, null);
    return new BufferedImage(COLOURS, raster, false, null);
  }

  static DecodedImage of(BufferedImage image) {
    ColorModel colors = image.getColorModel();
    int components = colors.getNumColorComponents();
    if (colors instanceof ComponentColorModel && (components == 1 || components == 3)) {
      Raster raster = image.getRaster();
      int transferType = raster.getTransferType();
      if (transferType == DataBuffer.TYPE_BYTE && isBytePerSample(image)) {
        return shared(image, components);
      }
      if (transferType == DataBuffer.TYPE_BYTE || transferType == DataBuffer.TYPE_USHORT) {
        return scaled(raster, components, colors.getComponentSize());
      }
    }
    return converted(image);
  }

  private static boolean isBytePerSample(BufferedImage image) {
    Raster raster = image.getRaster();
    return raster.getSampleModel() instanceof ComponentSampleModel
        && raster.getDataBuffer() instanceof DataBufferByte data
        && data.getNumBanks() == 1
        && raster.getParent() == null
        && raster.getSampleModelTranslateX() == 0
        && raster.getSampleModelTranslateY() == 0
        && image.getColorModel().getComponentSize(0) == 8;
  }

  /** Uses the decoder's array as it is. */
  private static DecodedImage shared(BufferedImage image, int components) {
    Raster raster = image.getRaster();
    ComponentSampleModel model = (ComponentSampleModel) raster.getSampleModel();
    DataBufferByte data = (DataBufferByte) raster.getDataBuffer();
    int[] offsets = new int[3];
    for (int channel = 0; channel < 3; channel++) {
      offsets[channel] = data.getOffset() + model.getBandOffsets()[components == 1 ? 0 : channel];
    }
    return new DecodedImage(
        image.getWidth(),
        image.getHeight(),
        data.getData(),
        offsets,
        model.getScanlineStride(),
        model.getPixelStride());
  }

  private static DecodedImage scaled(Raster raster, int components, int[] bits) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    byte[] samples = new byte[Math.multiplyExact(3 * width, height)];
    int[] row = new int[width];
    for (int channel = 0; channel < 3; channel++) {
      int band = components == 1 ? 0 : channel;
      int largest = (1 << bits[band]) - 1;
      for (int y = 0; y < height; y++) {
        raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, band, row);
        for (int x = 0; x < width; x++) {
          samples[(y * width + x) * 3 + channel] = (byte) ((row[x] * 255L + largest / 2) / largest);
        }
      }
    }
    return DecodedImage.interleaved(width, height, samples);
  }

  /** Lets Java convert palettes and packed pixels. */
  private static DecodedImage converted(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] samples = new byte[Math.multiplyExact(3 * width, height)];
    int[] row = new int[width];
    int position = 0;
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        samples[position++] = (byte) (row[x] >> 16);
        samples[position++] = (byte) (row[x] >> 8);
        samples[position++] = (byte) row[x];
      }
    }
    return DecodedImage.interleaved(width, height, samples);
  }
}
