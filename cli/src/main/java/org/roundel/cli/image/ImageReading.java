package org.roundel.cli.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.roundel.api.InvalidInputException;
import org.roundel.api.net.ValueShape;

/**
 * Reads image files by Java's own decoders. A file's first bytes say what it is, not its name. An
 * image of another size than the net's is refused before it is decoded, so a file takes no more
 * memory than an image of the net.
 */
public final class ImageReading {
  private ImageReading() {}

  /**
   * Returns an image's pixels.
   *
   * @param shape 1 channel or 3
   * @return values from 0 to 255 in the order channel, row, column. Of colour, grey is 0.299 red +
   *     0.587 green + 0.114 blue, rounded; of grey, all three colours are the same. Transparency is
   *     dropped
   * @throws InvalidInputException if the file is missing, no image, damaged, or of another size;
   *     the message does not begin with its name
   */
  public static float[] pixels(Path file, ValueShape shape) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          Files.exists(file)
              ? "this is no regular file; copy what it gives into one"
              : "there is no such file");
    }
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new InvalidInputException(
            "this is no image that Java can read; PNG and JPEG always are");
      }
      ImageReader reader = readers.next();
      try {
        return Pixels.of(decoded(reader, in, shape), shape.channels());
      } finally {
        reader.dispose();
      }
    } catch (InvalidInputException known) {
      throw known;
    } catch (IOException | RuntimeException broken) {
      // Decoders meet damaged files with runtime exceptions too.
      throw new InvalidInputException(
          broken.getMessage() == null
              ? "this image is cut short or damaged"
              : "this is not a readable image (" + broken.getMessage() + ")",
          broken);
    }
  }

  private static BufferedImage decoded(ImageReader reader, ImageInputStream in, ValueShape shape)
      throws IOException {
    reader.setInput(in, true, true);
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    if (width != shape.width() || height != shape.height()) {
      throw new InvalidInputException(
          "it has "
              + width
              + "x"
              + height
              + " pixels, and the net takes "
              + shape.width()
              + "x"
              + shape.height()
              + "; scale it first, as the training images were");
    }
    AtomicBoolean cut = new AtomicBoolean();
    // Java fills what is missing of a JPEG image with grey, and says so in one of two ways.
    reader.addIIOReadWarningListener(
        (source, warning) ->
            cut.compareAndSet(
                false, warning.contains("Missing EOI") || warning.contains("Premature end")));
    BufferedImage image = reader.read(0);
    if (cut.get()) {
      throw new InvalidInputException("its JPEG data is cut short");
    }
    return image;
  }
}
