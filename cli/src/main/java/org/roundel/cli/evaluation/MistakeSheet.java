package org.roundel.cli.evaluation;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.roundel.api.model.InputShape;
import org.roundel.api.net.PixelScaling;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.evaluation.Mistake;
import org.roundel.core.evaluation.WrongImages;
import org.roundel.report.chart.drawing.ThumbnailSheet;
import org.roundel.report.chart.drawing.ThumbnailSheet.Thumbnail;

/**
 * A sheet of the images that a net is surest and wrong about. Their pixels are those of the
 * dataset, with the scaling that it says it applied taken back; where it does not say, each image
 * is stretched so that its least value is black and its largest white.
 */
public final class MistakeSheet {
  private static final int COLOURS = 3;

  private MistakeSheet() {}

  /** Returns what people who look at the sheet should know, or null for nothing. */
  public static @Nullable String note(WrongImages wrong) {
    return wrong.scaling() == null
        ? "the dataset does not say how it scales pixels, so each image's least value is shown"
            + " black and its largest white"
        : null;
  }

  /**
   * Writes the sheet as a PNG file.
   *
   * @param wrong has one at least
   * @throws RoundelException if the images are neither grey nor of three colours, or the file
   *     cannot be written
   */
  public static void write(Path file, WrongImages wrong, List<String> classNames) {
    InputShape shape = wrong.shape();
    if (shape.channels() != 1 && shape.channels() != COLOURS) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "images of "
              + shape.channels()
              + " channels cannot be shown: those of 1, grey, or 3 can. Leave out --worst");
    }
    List<Thumbnail> thumbnails = new ArrayList<>();
    for (Mistake mistake : wrong.mistakes()) {
      thumbnails.add(
          new Thumbnail(
              picture(mistake.image(), shape, wrong.scaling()),
              List.of(
                  classNames.get(mistake.predicted()),
                  "not " + classNames.get(mistake.actual()),
                  sureness(mistake) + ", no. " + mistake.index())));
    }
    ThumbnailSheet.write(
        file, "What the net is surest and wrong about, of the test images", thumbnails);
  }

  private static String sureness(Mistake mistake) {
    return Double.isNaN(mistake.probability())
        ? String.format(Locale.ROOT, "score %.3g", mistake.score())
        : percent(mistake.probability());
  }

  /** Nothing but certainty is 100 %. */
  private static String percent(double probability) {
    double shown = Math.floor(1000 * probability) / 10;
    return String.format(Locale.ROOT, "%.1f %%", shown);
  }

  static BufferedImage picture(float[] image, InputShape shape, @Nullable PixelScaling scaling) {
    int plane = shape.height() * shape.width();
    float least = Float.POSITIVE_INFINITY;
    float largest = Float.NEGATIVE_INFINITY;
    for (float value : image) {
      least = Math.min(least, value);
      largest = Math.max(largest, value);
    }
    BufferedImage picture =
        new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < plane; pixel++) {
      int colour = 0;
      for (int band = 0; band < COLOURS; band++) {
        int channel = shape.channels() == 1 ? 0 : band;
        float value = image[channel * plane + pixel];
        double shown =
            scaling == null
                ? 255.0 * (value - least) / (largest - least)
                : scaling.pixel(channel, value);
        colour = colour << 8 | Math.toIntExact(Math.round(Math.max(0, Math.min(255, shown))));
      }
      picture.setRGB(pixel % shape.width(), pixel / shape.width(), colour);
    }
    return picture;
  }
}
