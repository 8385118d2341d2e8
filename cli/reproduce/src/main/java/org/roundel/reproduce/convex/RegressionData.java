package org.roundel.reproduce.convex;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.Split;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.config.DataDirectory;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.Selected;
import org.roundel.reproduce.theory.convex.LogisticRegression;

/**
 * The regression's data: the training images of two classes that are hard to tell apart, each
 * reduced to the means of blocks of pixels. Features are brought to mean 0 and, summed over
 * features, mean square 1; a constant feature of the same size stands for the intercept.
 *
 * @param features a row for each image
 * @param labels −1 for the first class, +1 for the second
 * @param classes the two classes' names
 * @param fingerprint of the dataset that they are from
 */
@SuppressWarnings("ArrayRecordComponent")
record RegressionData(double[][] features, int[] labels, List<String> classes, String fingerprint) {
  /** The dataset, which comes with the program. */
  static final String DATASET = "fashion-mnist-mini";

  /** λ of the penalty λ/2·‖w‖². */
  static final double PENALTY = 0.02;

  /** Images per random gradient. */
  static final int BATCH = 1;

  private static final int FIRST_CLASS = 0;
  private static final int SECOND_CLASS = 6;

  /** Pixels of a block's side. */
  private static final int BLOCK = 4;

  /**
   * Reads the images.
   *
   * @throws RoundelException if no plugin offers the dataset
   */
  static RegressionData read(PluginRegistry registry) {
    Selected<DatasetFactory> selected;
    try {
      selected = registry.dataset(DATASET);
    } catch (RoundelException unknown) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "the convex experiment needs the images of the dataset '"
              + DATASET
              + "', and no plugin offers them; put the program's own plugin 'datasets' back, or"
              + " name its directory with --plugins DIR",
          unknown);
    }
    return selected.create(
        factory -> {
          try (Dataset dataset =
              factory.create(selected.options(Map.of()), DataDirectory.usual(DATASET))) {
            return read(dataset);
          }
        });
  }

  static RegressionData read(Dataset dataset) throws IOException {
    int channels = dataset.inputShape().channels();
    int height = dataset.inputShape().height();
    int width = dataset.inputShape().width();
    FloatBuffer image = FloatBuffer.allocate(channels * height * width);
    List<double[]> rows = new ArrayList<>();
    List<Integer> signs = new ArrayList<>();
    for (int index = 0; index < dataset.size(Split.TRAIN); index++) {
      image.clear();
      int label = dataset.read(Split.TRAIN, index, null, image);
      if (label == FIRST_CLASS || label == SECOND_CLASS) {
        rows.add(blocks(image.array(), channels, height, width));
        signs.add(label == FIRST_CLASS ? -1 : 1);
      }
    }
    double[][] features = rows.toArray(double[][]::new);
    normalize(features);
    return new RegressionData(
        features,
        signs.stream().mapToInt(Integer::intValue).toArray(),
        List.of(dataset.classNames().get(FIRST_CLASS), dataset.classNames().get(SECOND_CLASS)),
        dataset.fingerprint());
  }

  /** Returns the means of blocks, and a last feature that {@link #normalize} sets. */
  private static double[] blocks(float[] image, int channels, int height, int width) {
    int rows = height / BLOCK;
    int columns = width / BLOCK;
    double[] means = new double[channels * rows * columns + 1];
    for (int channel = 0; channel < channels; channel++) {
      for (int y = 0; y < rows * BLOCK; y++) {
        for (int x = 0; x < columns * BLOCK; x++) {
          int block = (channel * rows + y / BLOCK) * columns + x / BLOCK;
          means[block] += image[(channel * height + y) * width + x] / (BLOCK * BLOCK);
        }
      }
    }
    return means;
  }

  private static void normalize(double[][] features) {
    int last = features[0].length - 1;
    double square = 0;
    for (int feature = 0; feature < last; feature++) {
      double mean = 0;
      for (double[] row : features) {
        mean += row[feature] / features.length;
      }
      for (double[] row : features) {
        row[feature] -= mean;
        square += row[feature] * row[feature] / features.length;
      }
    }
    double scale = 1 / Math.sqrt(square);
    for (double[] row : features) {
      for (int feature = 0; feature < last; feature++) {
        row[feature] *= scale;
      }
      row[last] = 1 / Math.sqrt(last);
    }
  }

  LogisticRegression objective() {
    return new LogisticRegression(features, labels, PENALTY, BATCH);
  }
}
