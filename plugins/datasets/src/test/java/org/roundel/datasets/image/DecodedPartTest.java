package org.roundel.datasets.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.awt.Rectangle;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.datasets.TestImages;

/** A part of an image has the very values that it has when the whole file is decoded. */
class DecodedPartTest {
  private static final int WIDTH = 83;
  private static final int HEIGHT = 61;
  private static final long SEED = 3;

  @TempDir Path directory;

  @Test
  void aPartOfAnyKindOfImageIsTheWholesPart() throws IOException {
    ImageDecoder decoder = new ImageDecoder();
    Workspace workspace = new Workspace();
    Random random = new Random(SEED);
    for (Map.Entry<String, byte[]> kind : kinds().entrySet()) {
      Path file = Files.write(directory.resolve("image"), kind.getValue());
      DecodedImage whole = whole(kind.getValue());
      for (int repeat = 0; repeat < 30; repeat++) {
        Rectangle part = part(random, whole, repeat);
        DecodedImage found = decoder.decode(file, (width, height) -> part, workspace);
        assertThat(found.width()).isEqualTo(whole.width());
        assertThat(found.height()).isEqualTo(whole.height());
        assertThat(values(found, part))
            .as("%s, %s, seed %s", kind.getKey(), part, SEED)
            .isEqualTo(values(whole, part));
      }
    }
  }

  private static Rectangle part(Random random, DecodedImage whole, int repeat) {
    if (repeat == 0) {
      return new Rectangle(whole.width(), whole.height());
    }
    int width = 1 + random.nextInt(whole.width());
    int height = 1 + random.nextInt(whole.height());
    return new Rectangle(
        random.nextInt(whole.width() - width + 1),
        random.nextInt(whole.height() - height + 1),
        width,
        height);
  }

  private static int[] values(DecodedImage image, Rectangle part) {
    int[] values = new int[3 * part.width * part.height];
    int position = 0;
    for (int channel = 0; channel < 3; channel++) {
      for (int row = part.y; row < part.y + part.height; row++) {
        for (int column = part.x; column < part.x + part.width; column++) {
          values[position++] =
              image
                      .samples()[
                      image.offset(channel)
                          + row * image.rowStride()
                          + column * image.pixelStride()]
                  & 0xFF;
        }
      }
    }
    return values;
  }

  /** The plain way: a reader without any wishes. */
  private static DecodedImage whole(byte[] content) throws IOException {
    ImageReader reader;
    if (JpegMarkers.isJpeg(content)) {
      JPEGImageReaderSpi jpeg = new JPEGImageReaderSpi();
      jpeg.onRegistration(IIORegistry.getDefaultInstance(), ImageReaderSpi.class);
      reader = jpeg.createReaderInstance(null);
    } else {
      reader = ImageIO.getImageReadersByFormatName("png").next();
    }
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
      reader.setInput(in, true, true);
      return PixelLayout.of(reader.read(0));
    } finally {
      reader.dispose();
    }
  }

  private static Map<String, byte[]> kinds() throws IOException {
    BufferedImage colours = noise(BufferedImage.TYPE_INT_RGB);
    BufferedImage grey = noise(BufferedImage.TYPE_BYTE_GRAY);
    byte[] plain = jpeg(colours, false);
    Map<String, byte[]> kinds = new LinkedHashMap<>();
    kinds.put("JPEG", plain);
    kinds.put("progressive", jpeg(colours, true));
    kinds.put("grey", jpeg(grey, false));
    kinds.put("grey, progressive", jpeg(grey, true));
    kinds.put("red, green, blue", marked(plain, 0xEE, adobe(0)));
    kinds.put("marked as YCbCr by Adobe", marked(plain, 0xEE, adobe(1)));
    kinds.put("sRGB profile", marked(plain, 0xE2, profile(ColorSpace.CS_sRGB)));
    kinds.put("linear profile", marked(plain, 0xE2, profile(ColorSpace.CS_LINEAR_RGB)));
    kinds.put("CMYK", TestImages.fourChannelJpeg(new int[] {200, 30, 70, 250}, 0));
    kinds.put("YCCK", TestImages.fourChannelJpeg(new int[] {179, 171, 0, 255}, 2));
    kinds.put("PNG", TestImages.encoded(colours, "png"));
    return kinds;
  }

  private static BufferedImage noise(int type) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
    Random random = new Random(SEED);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    return image;
  }

  private static byte[] jpeg(BufferedImage image, boolean progressive) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    if (progressive) {
      parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Puts a segment in the place of the JFIF segment, which would contradict an Adobe one. */
  private static byte[] marked(byte[] jpeg, int marker, byte[] content) {
    int jfif = 2 + 2 + ((jpeg[4] & 0xFF) << 8 | jpeg[5] & 0xFF);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(jpeg, 0, marker == 0xEE ? 2 : jfif);
    bytes.write(0xFF);
    bytes.write(marker);
    bytes.write(content.length + 2 >> 8);
    bytes.write(content.length + 2);
    bytes.writeBytes(content);
    bytes.write(jpeg, jfif, jpeg.length - jfif);
    return bytes.toByteArray();
  }

  private static byte[] adobe(int transform) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("Adobe".getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(new byte[] {0, 100, 0, 0, 0, 0, (byte) transform});
    return bytes.toByteArray();
  }

  private static byte[] profile(int space) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(ICC_Profile.getInstance(space).getData());
    return bytes.toByteArray();
  }
}
