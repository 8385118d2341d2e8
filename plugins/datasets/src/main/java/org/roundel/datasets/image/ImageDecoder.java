package org.roundel.datasets.image;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.roundel.api.InvalidInputException;
import org.roundel.datasets.file.FileInput;
import org.roundel.datasets.file.Messages;

/**
 * Decodes JPEG and PNG files of any kind, CMYK and YCCK, grey, palette, 16 bits and transparent
 * ones included.
 *
 * <p>What a file is tells its first bytes, not its name: ImageNet has a PNG that is called JPEG.
 * JPEG is left to TwelveMonkeys ImageIO, which knows the colour models that the JDK refuses; its
 * reader is not registered with ImageIO, so nothing else in the JVM changes. No class here needs a
 * display.
 *
 * <p>A small file may stand for a gigabyte of pixels. Of an image with more than 2²⁵ pixels, every
 * second one of every second row is taken, or every third, until there are no more; so what
 * decoding takes is bounded.
 *
 * <p>A decoder of JPEG has to go through a file from its beginning, but need not go on to its end,
 * nor make colours of what nobody looks at. So of a JPEG only the part is decoded that is asked
 * for; its values are those that decoding the whole would give. A PNG is decoded whole.
 *
 * <p>Safe for several threads: every call has a reader of its own, which takes no longer than to
 * use one again.
 */
public final class ImageDecoder {
  private static final long LONGEST_FILE = 1L << 28;
  private static final long MOST_PIXELS = 1L << 27;

  /** Larger ones are read in part only: 100 MB for the usual eight bits a colour. */
  private static final long MOST_DECODED = 1L << 25;

  private static final String CURE = "; replace the file or remove it";

  private final JPEGImageReaderSpi jpeg = new JPEGImageReaderSpi();

  /** Images that are too large to be decoded whole are decoded one at a time. */
  private final Semaphore large = new Semaphore(1);

  public ImageDecoder() {
    // Not a registration: the reader looks here for the JDK's decoder, on which it builds.
    jpeg.onRegistration(IIORegistry.getDefaultInstance(), ImageReaderSpi.class);
  }

  /** Decodes a whole file, to know whether that can be done. */
  public void check(Path file) throws IOException {
    decode(file, ImagePart.WHOLE, new Workspace());
  }

  /**
   * Decodes a part of a file.
   *
   * @param part which pixels are needed; there may be more
   * @param workspace where the pixels may be put
   * @throws IOException if the file cannot be read
   * @throws InvalidInputException if its content is at fault; the message names the file
   */
  public DecodedImage decode(Path file, ImagePart part, Workspace workspace) throws IOException {
    long length = Files.size(file);
    if (length > LONGEST_FILE) {
      throw invalid(
          file,
          Messages.grouped(length) + " bytes, allowed: at most " + Messages.grouped(LONGEST_FILE));
    }
    byte[] content = FileInput.readAllBytes(file);
    ImageReader reader = reader(file, content);
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
      reader.setInput(in, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      requireSize(file, width, height);
      int step = step(width, height);
      if (step > 1) {
        return sampled(reader, step);
      }
      return JpegMarkers.isJpeg(content)
          ? part(reader, part.of(width, height), workspace)
          : PixelLayout.of(reader.read(0));
    } catch (InvalidInputException known) {
      throw known;
    } catch (IOException | RuntimeException broken) {
      // The content is in memory, so what fails here is the content. Decoders meet damaged files
      // with runtime exceptions too.
      throw new InvalidInputException(
          file + " is not a readable image (" + broken.getMessage() + ")" + CURE, broken);
    } finally {
      reader.dispose();
    }
  }

  private static DecodedImage part(ImageReader jpeg, Rectangle part, Workspace workspace)
      throws IOException {
    ImageReadParam parameters = jpeg.getDefaultReadParam();
    parameters.setSourceRegion(part);
    DecodedImage decoded;
    if (isColour(jpeg)) {
      // The order in which a decoder has them, so that it need not change it pixel by pixel.
      BufferedImage image = PixelLayout.interleaved(part.width, part.height, workspace);
      parameters.setDestination(image);
      decoded = PixelLayout.of(jpeg.read(0, parameters));
    } else {
      decoded = PixelLayout.of(jpeg.read(0, parameters));
    }
    return decoded.within(jpeg.getWidth(0), jpeg.getHeight(0), part.x, part.y);
  }

  /** Whether a JPEG has the usual three channels, of whatever is red, green and blue to it. */
  private static boolean isColour(ImageReader jpeg) throws IOException {
    ImageTypeSpecifier stored = jpeg.getRawImageType(0);
    return stored != null
        && stored.getNumComponents() == 3
        && jpeg.getImageTypes(0).next().getBufferedImageType() == BufferedImage.TYPE_3BYTE_BGR;
  }

  private DecodedImage sampled(ImageReader reader, int step) throws IOException {
    ImageReadParam parameters = reader.getDefaultReadParam();
    parameters.setSourceSubsampling(step, step, 0, 0);
    large.acquireUninterruptibly();
    try {
      return PixelLayout.of(reader.read(0, parameters));
    } finally {
      large.release();
    }
  }

  /** Returns the n of "every n-th pixel of every n-th row" that brings the image within bounds. */
  private static int step(int width, int height) {
    int step = 1;
    while ((long) ((width + step - 1) / step) * ((height + step - 1) / step) > MOST_DECODED) {
      step++;
    }
    return step;
  }

  private ImageReader reader(Path file, byte[] content) throws IOException {
    if (JpegMarkers.isJpeg(content)) {
      if (!JpegMarkers.isComplete(content)) {
        throw invalid(file, "the JPEG data is cut short, its end marker is missing");
      }
      return jpeg.createReaderInstance(null);
    }
    if (isPng(content)) {
      Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("png");
      return readers.next();
    }
    throw invalid(file, "neither JPEG nor PNG by its first bytes");
  }

  private static boolean isPng(byte[] content) {
    return content.length > 8
        && content[0] == (byte) 0x89
        && content[1] == 'P'
        && content[2] == 'N'
        && content[3] == 'G';
  }

  private static void requireSize(Path file, int width, int height) {
    if ((long) width * height > MOST_PIXELS) {
      throw invalid(
          file,
          width + "x" + height + " pixels, allowed: at most " + Messages.grouped(MOST_PIXELS));
    }
  }

  private static InvalidInputException invalid(Path file, String fault) {
    return new InvalidInputException(file + ": " + fault + CURE);
  }
}
