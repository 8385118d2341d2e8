package org.roundel.datasets.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.api.InvalidInputException;
import org.roundel.datasets.TestImages;

class ImageDecoderTest {
  private final ImageDecoder decoder = new ImageDecoder();
  @TempDir Path directory;

  @Test
  void decodesColourPng() throws IOException {
    BufferedImage image = new BufferedImage(5, 3, BufferedImage.TYPE_INT_RGB);
    image.setRGB(4, 2, 0x0A141E);
    image.setRGB(0, 1, 0xFF8001);
    DecodedImage decoded = decode(TestImages.encoded(image, "png"));
    assertThat(decoded.width()).isEqualTo(5);
    assertThat(decoded.height()).isEqualTo(3);
    assertThat(pixel(decoded, 4, 2)).containsExactly(10, 20, 30);
    assertThat(pixel(decoded, 0, 1)).containsExactly(255, 128, 1);
  }

  @Test
  void takesGreyValuesAsTheyStand() throws IOException {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    fill(image.getRaster(), 90);
    assertThat(pixel(decode(TestImages.encoded(image, "png")), 3, 3)).containsExactly(90, 90, 90);
    assertThat(pixel(decode(TestImages.encoded(image, "jpeg")), 3, 3)).containsExactly(90, 90, 90);
  }

  @Test
  void scales16BitsTo8() throws IOException {
    BufferedImage grey = new BufferedImage(4, 4, BufferedImage.TYPE_USHORT_GRAY);
    fill(grey.getRaster(), 0x8080);
    assertThat(pixel(decode(TestImages.encoded(grey, "png")), 1, 2)).containsExactly(128, 128, 128);

    ColorModel colors =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            ColorModel.OPAQUE,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster = colors.createCompatibleWritableRaster(4, 4);
    for (int position = 0; position < 16; position++) {
      raster.setPixel(position % 4, position / 4, new int[] {0xFFFF, 0x4040, 0});
    }
    BufferedImage color = new BufferedImage(colors, raster, false, null);
    assertThat(pixel(decode(TestImages.encoded(color, "png")), 1, 2)).containsExactly(255, 64, 0);
  }

  @Test
  void decodesPalettesAndDropsTransparency() throws IOException {
    IndexColorModel palette =
        new IndexColorModel(
            2,
            4,
            new byte[] {0, 10, 20, 30},
            new byte[] {0, 40, 50, 60},
            new byte[] {0, 70, 80, 90});
    BufferedImage indexed = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_INDEXED, palette);
    fill(indexed.getRaster(), 2);
    assertThat(pixel(decode(TestImages.encoded(indexed, "png")), 1, 1)).containsExactly(20, 50, 80);

    BufferedImage transparent = new BufferedImage(4, 4, BufferedImage.TYPE_INT_ARGB);
    transparent.setRGB(1, 1, 0x20FF8040);
    assertThat(pixel(decode(TestImages.encoded(transparent, "png")), 1, 1))
        .containsExactly(255, 128, 64);
  }

  /** No ink is white, all ink is black, and magenta with yellow is red, whatever the profile. */
  @Test
  void decodesCmykAndYcck() throws IOException {
    assertNear(TestImages.fourChannelJpeg(new int[] {255, 255, 255, 255}, 0), 255, 255, 255);
    assertNear(TestImages.fourChannelJpeg(new int[] {255, 0, 0, 255}, 0), 245, 15, 15);
    assertNear(TestImages.fourChannelJpeg(new int[] {0, 0, 0, 0}, 0), 0, 0, 0);
    // YCCK holds luma and chroma (ITU-R BT.601, full range) of the inks as if they were red, green
    // and blue, here (0, 255, 255), then (0, 0, 0); black stays inverted.
    assertNear(TestImages.fourChannelJpeg(new int[] {179, 171, 0, 255}, 2), 245, 15, 15);
    assertNear(TestImages.fourChannelJpeg(new int[] {0, 128, 128, 255}, 2), 255, 255, 255);
  }

  private void assertNear(byte[] jpeg, int red, int green, int blue) throws IOException {
    int[] found = pixel(decode(jpeg), 4, 4);
    int[] expected = {red, green, blue};
    for (int channel = 0; channel < 3; channel++) {
      assertThat(found[channel])
          .as("found %s, expected %s", Arrays.toString(found), Arrays.toString(expected))
          .isCloseTo(expected[channel], within(40));
    }
  }

  @Test
  void looksAtTheContentNotTheName() throws IOException {
    Path file = directory.resolve("really-png.JPEG");
    Files.write(file, TestImages.encoded(TestImages.gradient(9, 8), "png"));
    assertThat(decode(file).width()).isEqualTo(9);
  }

  @Test
  void namesTheDamagedFile() throws IOException {
    byte[] jpeg = TestImages.encoded(TestImages.gradient(64, 64), "jpeg");
    byte[] png = TestImages.encoded(TestImages.gradient(64, 64), "png");
    byte[] noise = jpeg.clone();
    Arrays.fill(noise, 2, 200, (byte) 0x55);
    for (byte[] content :
        List.of(
            new byte[0],
            new byte[] {1, 2, 3},
            Arrays.copyOf(jpeg, 2),
            Arrays.copyOf(jpeg, jpeg.length / 2),
            Arrays.copyOf(png, png.length / 2),
            Arrays.copyOf(png, 20),
            noise)) {
      Path file = directory.resolve("damaged.jpg");
      Files.write(file, content);
      assertThatThrownBy(() -> decode(file))
          .as("%d bytes", content.length)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith(file.toString())
          .hasMessageEndingWith("; replace the file or remove it");
    }
  }

  @Test
  void refusesAnImageTooLargeToBeOne() throws IOException {
    byte[] png = TestImages.encoded(TestImages.gradient(4, 4), "png");
    // Width and height stand at 16 and 20 of the header chunk, its checksum at 29.
    java.nio.ByteBuffer header = java.nio.ByteBuffer.wrap(png);
    header.putInt(16, 1 << 20).putInt(20, 1 << 20);
    java.util.zip.CRC32 checksum = new java.util.zip.CRC32();
    checksum.update(png, 12, 17);
    header.putInt(29, (int) checksum.getValue());
    assertThatThrownBy(() -> decode(png))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("1048576x1048576 pixels, allowed: at most 134,217,728");
  }

  private DecodedImage decode(Path file) throws IOException {
    return decoder.decode(file, ImagePart.WHOLE, new Workspace());
  }

  private DecodedImage decode(byte[] content) throws IOException {
    Path file = directory.resolve("image");
    Files.write(file, content);
    return decode(file);
  }

  /** A small file, and 134 million pixels: in colour and 16 bits more than a gigabyte. */
  @Test
  void decodesOfAHugePngASampleOfBoundedSize() throws IOException {
    int side = 11_585;
    DecodedImage decoded = decode(TestImages.greyPng(side, side));
    // Half of each side, rounded up, is 4,417 pixels too many.
    assertThat(decoded.width()).isEqualTo((side + 2) / 3);
    assertThat(decoded.height()).isEqualTo((side + 2) / 3);
    for (int row : new int[] {0, 1, 100, 3861}) {
      int value = 3 * row & 0xFF;
      assertThat(pixel(decoded, 77, row)).as("row %d", row).containsExactly(value, value, value);
    }
  }

  @Test
  void decodesOfAHugeJpegASampleOfBoundedSize() throws IOException {
    BufferedImage image = new BufferedImage(6001, 5997, BufferedImage.TYPE_3BYTE_BGR);
    for (int row = 3000; row < 5997; row++) {
      for (int column = 0; column < 6001; column++) {
        image.setRGB(column, row, 0xFFC864);
      }
    }
    DecodedImage decoded = decode(TestImages.encoded(image, "jpeg"));
    assertThat(decoded.width()).isEqualTo(3001);
    assertThat(decoded.height()).isEqualTo(2999);
    assertThat(pixel(decoded, 1500, 100)).containsExactly(0, 0, 0);
    int[] colour = pixel(decoded, 3000, 2998);
    assertThat(colour[0]).isCloseTo(255, within(3));
    assertThat(colour[1]).isCloseTo(200, within(3));
    assertThat(colour[2]).isCloseTo(100, within(3));
  }

  @Test
  void decodesAnImageOfOneRow() throws IOException {
    DecodedImage decoded = decode(TestImages.greyPng(100_000_000, 1));
    assertThat(decoded.width()).isEqualTo(33_333_334);
    assertThat(decoded.height()).isEqualTo(1);
    FloatBuffer target = FloatBuffer.allocate(3 * 8 * 8);
    new ImageNetTransform(8, 9).test(decoded, new Workspace(), target);
    assertThat(target.get(0)).isCloseTo(-0.485f / 0.229f, within(1e-5f));
  }

  private static void fill(WritableRaster raster, int value) {
    for (int y = 0; y < raster.getHeight(); y++) {
      for (int x = 0; x < raster.getWidth(); x++) {
        raster.setSample(x, y, 0, value);
      }
    }
  }

  private static int[] pixel(DecodedImage image, int x, int y) {
    int[] values = new int[3];
    for (int channel = 0; channel < 3; channel++) {
      int position = image.offset(channel) + y * image.rowStride() + x * image.pixelStride();
      values[channel] = image.samples()[position] & 0xFF;
    }
    return values;
  }

  @Test
  void readsAViewOfALargerRaster() {
    Raster large = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 6, 6, 3, null);
    WritableRaster view = ((WritableRaster) large).createWritableChild(2, 3, 3, 2, 0, 0, null);
    view.setPixel(1, 1, new int[] {7, 8, 9});
    ColorModel colors =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            ColorModel.OPAQUE,
            DataBuffer.TYPE_BYTE);
    BufferedImage image = new BufferedImage(colors, view, false, null);
    assertThat(pixel(PixelLayout.of(image), 1, 1)).containsExactly(7, 8, 9);
  }
}
