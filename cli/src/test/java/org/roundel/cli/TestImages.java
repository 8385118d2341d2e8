package org.roundel.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;

/** Grey image files of noise. */
final class TestImages {
  private TestImages() {}

  /** Writes {@code 0.png}, {@code 1.png} and so on, and returns their directory. */
  static Path write(Path directory, int size, int count) throws IOException {
    Files.createDirectories(directory);
    for (int number = 0; number < count; number++) {
      BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
      RandomSource random = RandomSource.of(number, RandomPurpose.SHUFFLE, 0);
      for (int pixel = 0; pixel < size * size; pixel++) {
        image.getRaster().setSample(pixel % size, pixel / size, 0, random.below(256, pixel));
      }
      ImageIO.write(image, "png", directory.resolve(number + ".png").toFile());
    }
    return directory;
  }
}
