package org.roundel.cli.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.api.InvalidInputException;
import org.roundel.api.net.ValueShape;
import org.roundel.core.RoundelException;

class ImageReadingTest {
  private static final ValueShape GREY = ValueShape.image(1, 2, 3);
  private static final ValueShape COLOUR = ValueShape.image(3, 2, 3);

  @TempDir Path directory;

  private Path written(BufferedImage image, String format) throws IOException {
    Path file = directory.resolve("image." + format);
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
    return file;
  }

  private static BufferedImage colours(int type) {
    BufferedImage image = new BufferedImage(3, 2, type);
    for (int pixel = 0; pixel < 6; pixel++) {
      image.setRGB(pixel % 3, pixel / 3, 0xFF000000 | 10 * pixel << 16 | 100 << 8 | 255 - pixel);
    }
    return image;
  }

  private static BufferedImage grey(int type, int times) {
    BufferedImage image = new BufferedImage(3, 2, type);
    WritableRaster raster = image.getRaster();
    for (int pixel = 0; pixel < 6; pixel++) {
      raster.setSample(pixel % 3, pixel / 3, 0, 40 * pixel * times);
    }
    return image;
  }

  @Test
  void coloursComePlaneByPlane() throws IOException {
    float[] expected = {
      0, 10, 20, 30, 40, 50, 100, 100, 100, 100, 100, 100, 255, 254, 253, 252, 251, 250
    };
    for (int type :
        new int[] {
          BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_4BYTE_ABGR
        }) {
      assertThat(ImageReading.pixels(written(colours(type), "png"), COLOUR))
          .containsExactly(expected);
    }
    assertThat(ImageReading.pixels(written(colours(BufferedImage.TYPE_3BYTE_BGR), "bmp"), COLOUR))
        .containsExactly(expected);
  }

  @Test
  void greyStaysAsItStandsInAnyDepth() throws IOException {
    float[] expected = {0, 40, 80, 120, 160, 200};
    assertThat(ImageReading.pixels(written(grey(BufferedImage.TYPE_BYTE_GRAY, 1), "png"), GREY))
        .containsExactly(expected);
    assertThat(ImageReading.pixels(written(grey(BufferedImage.TYPE_USHORT_GRAY, 257), "png"), GREY))
        .containsExactly(expected);
    float[] three =
        ImageReading.pixels(written(grey(BufferedImage.TYPE_BYTE_GRAY, 1), "png"), COLOUR);
    for (int channel = 0; channel < 3; channel++) {
      assertThat(Arrays.copyOfRange(three, 6 * channel, 6 * channel + 6)).containsExactly(expected);
    }
  }

  @Test
  void colourBecomesGreyByItsBrightness() throws IOException {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xFF0000);
    image.setRGB(1, 0, 0x00FF00);
    image.setRGB(2, 0, 0x0000FF);
    image.setRGB(0, 1, 0x2A2A2A);
    image.setRGB(1, 1, 0xFFFFFF);
    assertThat(ImageReading.pixels(written(image, "png"), GREY))
        .containsExactly(76, 150, 29, 42, 255, 0);
  }

  @Test
  void refusesWhatTheNetCannotTake() throws IOException {
    Path image = written(grey(BufferedImage.TYPE_BYTE_GRAY, 1), "png");
    refuses(image, ValueShape.image(1, 28, 28), "it has 3x2 pixels, and the net takes 28x28;");
    refuses(directory.resolve("none.png"), GREY, "there is no such file");
    refuses(directory, GREY, "this is no regular file");
    Path text = Files.writeString(directory.resolve("text.png"), "no image");
    refuses(text, GREY, "this is no image that Java can read");
  }

  @Test
  void refusesFilesThatAreCutShort() throws IOException {
    BufferedImage noise = new BufferedImage(64, 64, BufferedImage.TYPE_3BYTE_BGR);
    for (int pixel = 0; pixel < 64 * 64; pixel++) {
      noise.setRGB(pixel % 64, pixel / 64, pixel * 0x9E3779B1);
    }
    ValueShape shape = ValueShape.image(3, 64, 64);
    for (String format : List.of("png", "jpg", "bmp", "gif")) {
      Path file = written(noise, format);
      assertThat(ImageReading.pixels(file, shape)).hasSize(3 * 64 * 64);
      byte[] bytes = Files.readAllBytes(file);
      for (int part = 1; part < 8; part++) {
        Files.write(file, Arrays.copyOf(bytes, bytes.length * part / 8));
        assertThat(catchThrowable(() -> ImageReading.pixels(file, shape)))
            .as("%s, %s of 8 parts", format, part)
            .isInstanceOf(InvalidInputException.class);
      }
    }
  }

  @Test
  void aDirectoryStandsForItsImagesByName() throws IOException {
    Path images = Files.createDirectory(directory.resolve("images"));
    for (String name : List.of("b.png", "a.JPG", "notes.txt", "png", "c.gif")) {
      Files.createFile(images.resolve(name));
    }
    Files.createDirectory(images.resolve("d.png"));
    Path other = directory.resolve("other");
    assertThat(ImageFiles.of(List.of(other, images)))
        .containsExactly(
            other, images.resolve("a.JPG"), images.resolve("b.png"), images.resolve("c.gif"));
    assertThatThrownBy(() -> ImageFiles.of(List.of(images.resolve("d.png"))))
        .isInstanceOf(RoundelException.class)
        .hasMessageContaining("there is no image in " + images.resolve("d.png"));
  }

  private static void refuses(Path file, ValueShape shape, String message) {
    assertThatThrownBy(() -> ImageReading.pixels(file, shape))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }
}
