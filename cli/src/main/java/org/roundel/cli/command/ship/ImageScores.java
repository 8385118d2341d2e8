package org.roundel.cli.command.ship;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;
import org.roundel.api.net.PixelScaling;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.net.ValueShape;
import org.roundel.cli.image.ImageReading;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.ship.RunningNet;

/**
 * What a net says of image files, and which of them could not be read.
 *
 * @param predictions of the images that could, in the files' order: the likeliest class first
 * @param faults of the others, each a file's name and what is wrong with it
 */
record ImageScores(List<List<Prediction>> predictions, List<Fault> faults) {
  /** How many images are read before they are run together. */
  private static final int BATCH = 32;

  /** A file that could not be read. */
  record Fault(Path file, String reason) {}

  /**
   * Runs a net on files.
   *
   * @throws RoundelException if the net takes neither grey nor colour images, or it cannot be run
   */
  static ImageScores of(RunningNet running, ShippedNet net, List<Path> files) {
    ValueShape shape = running.images();
    if (shape.channels() != 1 && shape.channels() != 3) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "the net takes images of "
              + shape.channels()
              + " channels, and image files have 1, grey, or 3; run it from Java instead");
    }
    FloatBuffer images = RunningNet.buffer(Math.min(BATCH, files.size()) * shape.size());
    ImageScores scores = new ImageScores(new ArrayList<>(), new ArrayList<>());
    List<Path> batch = new ArrayList<>();
    for (Path file : files) {
      try {
        float[] pixels = ImageReading.pixels(file, shape);
        put(pixels, net.scaling(), shape, images.position(batch.size() * shape.size()));
        batch.add(file);
      } catch (InvalidInputException unreadable) {
        scores.faults.add(new Fault(file, String.valueOf(unreadable.getMessage())));
      }
      if (batch.size() == BATCH) {
        scores.run(running, net, images, batch);
      }
    }
    if (!batch.isEmpty()) {
      scores.run(running, net, images, batch);
    }
    return scores;
  }

  private static void put(
      float[] pixels, @Nullable PixelScaling scaling, ValueShape shape, FloatBuffer image) {
    int plane = shape.height() * shape.width();
    for (int element = 0; element < pixels.length; element++) {
      image.put(
          scaling == null ? pixels[element] : scaling.apply(element / plane, pixels[element]));
    }
  }

  private void run(RunningNet running, ShippedNet net, FloatBuffer images, List<Path> batch) {
    float[][] rows = running.scores(images, batch.size());
    for (int image = 0; image < rows.length; image++) {
      predictions.add(Prediction.all(batch.get(image), net, rows[image]));
    }
    batch.clear();
  }
}
