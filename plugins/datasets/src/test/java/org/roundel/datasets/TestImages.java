package org.roundel.datasets;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Makes image files, CMYK ones included. */
public final class TestImages {
  private TestImages() {}

  /** Writes a folder of three classes of different numbers of images, JPEG and PNG. */
  public static void writeFolder(Path directory) throws IOException {
    String[] classes = {"n02", "n01", "n10"};
    for (int label = 0; label < classes.length; label++) {
      Path train = Files.createDirectories(directory.resolve("train").resolve(classes[label]));
      for (int number = 0; number < 2 + label; number++) {
        String name = classes[label] + "_" + number + (number % 2 == 0 ? ".JPEG" : ".png");
        Files.write(
            train.resolve(name),
            encoded(gradient(40 + 5 * number, 30 + 9 * label), number % 2 == 0 ? "jpeg" : "png"));
      }
      Path test = Files.createDirectories(directory.resolve("val").resolve(classes[label]));
      Files.write(test.resolve("a.jpg"), encoded(gradient(33, 60), "jpeg"));
    }
  }

  public static BufferedImage gradient(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, (x * 255 / width) << 16 | (y * 255 / height) << 8 | 100);
      }
    }
    return image;
  }

  public static byte[] encoded(RenderedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, bytes)) {
      throw new IOException("no writer for this image as " + format);
    }
    return bytes.toByteArray();
  }

  /** Returns a PNG in 8 bits of grey whose pixels have their row's number, modulo 256. */
  public static byte[] greyPng(int width, int height) throws IOException {
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    try (DeflaterOutputStream packed = new DeflaterOutputStream(pixels)) {
      byte[] row = new byte[width];
      for (int number = 0; number < height; number++) {
        Arrays.fill(row, (byte) number);
        packed.write(0);
        packed.write(row);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8);
    chunk(bytes, "IHDR", header.array());
    chunk(bytes, "IDAT", pixels.toByteArray());
    chunk(bytes, "IEND", new byte[0]);
    return bytes.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] content)
      throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(content);
    out.write(ByteBuffer.allocate(4).putInt(content.length).array());
    out.write(name);
    out.write(content);
    out.write(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }

  /**
   * Returns an 8x8 JPEG of one colour with four channels, as Adobe's programs write it: an APP14
   * segment gives the transform, and CMYK values are stored inverted.
   *
   * @param stored the four values as they stand in the file, after the colour transform
   * @param transform 0 for CMYK, 2 for YCCK
   */
  public static byte[] fourChannelJpeg(int[] stored, int transform) throws IOException {
    WritableRaster raster = Raster.createInterleavedRaster(0, 8, 8, 4, null);
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        raster.setPixel(x, y, stored);
      }
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(new IIOImage(raster, null, null));
    } finally {
      writer.dispose();
    }
    byte[] plain = bytes.toByteArray();
    ByteArrayOutputStream marked = new ByteArrayOutputStream();
    marked.write(plain, 0, 2);
    marked.write(new byte[] {(byte) 0xFF, (byte) 0xEE, 0, 14});
    marked.write("Adobe".getBytes(StandardCharsets.US_ASCII));
    marked.write(new byte[] {0, 100, 0, 0, 0, 0, (byte) transform});
    marked.write(plain, 2, plain.length - 2);
    return marked.toByteArray();
  }
}
