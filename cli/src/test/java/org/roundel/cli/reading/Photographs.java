package org.roundel.cli.reading;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.roundel.api.Options;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.Split;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.load.PluginLoader;

/**
 * Writes folders of JPEG files of 500x375 pixels, made of the embedded Fashion-MNIST: three images
 * side by side, each in a colour, under noise that makes the files as long as photographs', some
 * 100 KB.
 */
public final class Photographs {
  private static final int WIDTH = 500;
  private static final int HEIGHT = 375;
  private static final int SIDE = 28;

  /** Further files repeat these. */
  private static final int DIFFERENT = 500;

  private static final int TEST_SHARE = 10;
  private static final float QUALITY = 0.9f;
  private static final double NOISE = 18;

  private Photographs() {}

  /**
   * Writes a folder from the command line.
   *
   * @param arguments the installation's directory, where to write, and how many
   */
  public static void main(String[] arguments) throws IOException {
    try (PluginRegistry registry = PluginLoader.load(Path.of(arguments[0], "plugins"))) {
      write(registry, Path.of(arguments[1]), Integer.parseInt(arguments[2]));
    }
  }

  /** Writes so many training images of ten classes, and a tenth as many test images. */
  public static void write(PluginRegistry registry, Path directory, int count) throws IOException {
    DatasetFactory factory = registry.dataset("fashion-mnist-mini").factory();
    Options options = Options.of(factory.options(), Map.of("augment", "false"));
    try (Dataset small = factory.create(options, directory)) {
      for (Split split : Split.values()) {
        int images = split == Split.TRAIN ? count : Math.max(10, count / TEST_SHARE);
        for (int number = 0; number < images; number++) {
          write(small, split, number, directory.resolve(split == Split.TRAIN ? "train" : "val"));
        }
      }
    }
  }

  /** Returns the name, in its split's folder, of the image that is read by this index. */
  static String name(int index) {
    // Padded, because images are read in the order of their names, the classes in turn.
    return String.format(Locale.ROOT, "class-%d/image-%05d.jpg", index % 10, index);
  }

  private static void write(Dataset small, Split split, int number, Path directory)
      throws IOException {
    Path file = directory.resolve(name(number));
    Files.createDirectories(file.getParent());
    if (number >= DIFFERENT) {
      Files.copy(directory.resolve(name(number - DIFFERENT)), file);
      return;
    }
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    for (int part = 0; part < 3; part++) {
      BufferedImage image = image(small, split, (number + 7 * part) % small.size(split), part);
      graphics.drawImage(image, part * WIDTH / 3, 0, WIDTH / 3 + 1, HEIGHT, null);
    }
    graphics.dispose();
    addNoise(picture, number);
    save(picture, file);
  }

  /** Returns a small image whose part-th colour is as bright as it was, the others half. */
  private static BufferedImage image(Dataset small, Split split, int index, int part)
      throws IOException {
    float[] values = new float[SIDE * SIDE];
    small.read(split, index, null, FloatBuffer.wrap(values));
    float least = Float.MAX_VALUE;
    float most = -Float.MAX_VALUE;
    for (float value : values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < values.length; pixel++) {
      int bright = Math.round(255 * (values[pixel] - least) / (most - least));
      for (int channel = 0; channel < 3; channel++) {
        int value = channel == part ? bright : bright / 2;
        image.getRaster().setSample(pixel % SIDE, pixel / SIDE, channel, value);
      }
    }
    return image;
  }

  private static void addNoise(BufferedImage picture, int seed) {
    Random random = new Random(seed);
    int[] pixel = new int[3];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int noise = (int) (NOISE * random.nextGaussian());
        picture.getRaster().getPixel(x, y, pixel);
        for (int channel = 0; channel < 3; channel++) {
          pixel[channel] = Math.max(0, Math.min(255, pixel[channel] + noise));
        }
        picture.getRaster().setPixel(x, y, pixel);
      }
    }
  }

  private static void save(BufferedImage picture, Path file) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionQuality(QUALITY);
    try (OutputStream bytes = Files.newOutputStream(file);
        ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), parameters);
    } finally {
      writer.dispose();
    }
  }
}
