package org.roundel.datasets.synthetic;

import java.nio.file.Path;
import java.util.List;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.model.InputShape;
import org.roundel.datasets.file.Messages;

/** The dataset {@code synthetic}: made-up images, a pattern per class with noise over it. */
public final class SyntheticFactory implements DatasetFactory {
  static final Option<Integer> CLASSES =
      Option.integer("classes", 10, 2, 1000, "how many classes there are");
  static final Option<Integer> CHANNELS =
      Option.integer("channels", 3, 1, 64, "channels of an image");
  static final Option<Integer> HEIGHT = Option.integer("height", 32, 1, 1024, "rows of an image");
  static final Option<Integer> WIDTH = Option.integer("width", 32, 1, 1024, "columns of an image");
  static final Option<Integer> TRAIN_SIZE =
      Option.integer("train-size", 2_000, 1, 1 << 24, "how many training images there are");
  static final Option<Integer> TEST_SIZE =
      Option.integer("test-size", 500, 1, 1 << 24, "how many test images there are");
  static final Option<Double> NOISE =
      Option.real("noise", 1, 0, 1000, "standard deviation of the noise; the pattern's is about 1");
  static final Option<Integer> SEED =
      Option.integer(
          "seed", 0, 0, Integer.MAX_VALUE, "chooses patterns and noise; not the run's seed");

  private static final long MOST_PATTERN_VALUES = 1L << 26;

  @Override
  public String name() {
    return "synthetic";
  }

  @Override
  public String description() {
    return "made-up images of any shape, a pattern per class plus noise: for trials without data";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(CLASSES, CHANNELS, HEIGHT, WIDTH, TRAIN_SIZE, TEST_SIZE, NOISE, SEED);
  }

  @Override
  public boolean needsDirectory() {
    return false;
  }

  @Override
  public Dataset create(Options options, Path directory) {
    InputShape shape =
        new InputShape(options.get(CHANNELS), options.get(HEIGHT), options.get(WIDTH));
    int classes = options.get(CLASSES);
    long values = (long) classes * shape.length();
    if (values > MOST_PATTERN_VALUES) {
      throw new InvalidInputException(
          "synthetic: "
              + classes
              + " classes of "
              + shape
              + " are "
              + Messages.grouped(values)
              + " pattern values, allowed: "
              + Messages.grouped(MOST_PATTERN_VALUES)
              + "; make the images smaller or the classes fewer");
    }
    return new SyntheticDataset(
        shape,
        classes,
        options.get(TRAIN_SIZE),
        options.get(TEST_SIZE),
        options.get(NOISE),
        options.get(SEED));
  }
}
