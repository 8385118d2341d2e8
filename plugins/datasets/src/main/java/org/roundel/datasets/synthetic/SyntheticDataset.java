package org.roundel.datasets.synthetic;

import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.roundel.api.dataset.Augmentation;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.Split;
import org.roundel.api.model.InputShape;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.datasets.file.Sha256;

/**
 * Images made up from a seed: image i is of class i mod classes and is the class's pattern plus
 * independent noise, uniform with mean 0.
 *
 * <p>A pattern is, per channel, the sum of {@value #WAVES} plane cosine waves of random low
 * frequency and phase, scaled to a mean square of about 1. An image is the same in every epoch: the
 * noise is a function of seed, split and index, and the augmentation source is not read. Values are
 * used as they are; they are already centred.
 */
final class SyntheticDataset implements Dataset {
  private static final int WAVES = 3;
  private static final int HIGHEST_FREQUENCY = 4;

  private final InputShape shape;
  private final int classes;
  private final int trainSize;
  private final int testSize;
  private final double noise;
  private final long seed;
  private final float[] patterns;

  SyntheticDataset(
      InputShape shape, int classes, int trainSize, int testSize, double noise, long seed) {
    this.shape = shape;
    this.classes = classes;
    this.trainSize = trainSize;
    this.testSize = testSize;
    this.noise = noise;
    this.seed = seed;
    this.patterns = patterns(shape, classes, seed);
  }

  private static float[] patterns(InputShape shape, int classes, long seed) {
    float[] patterns = new float[classes * shape.length()];
    RandomSource shared = RandomSource.of(seed, RandomPurpose.INITIALIZE, 0);
    int area = shape.height() * shape.width();
    for (int label = 0; label < classes; label++) {
      RandomSource source = shared.forTensor(label);
      for (int channel = 0; channel < shape.channels(); channel++) {
        int first = label * shape.length() + channel * area;
        for (int wave = 0; wave < WAVES; wave++) {
          int element = (channel * WAVES + wave) * 4;
          int rowFrequency = source.below(HIGHEST_FREQUENCY + 1, element);
          int columnFrequency = 1 + source.below(HIGHEST_FREQUENCY, element + 1);
          addWave(
              patterns, first, shape, rowFrequency, columnFrequency, source.uniform(element + 2));
        }
      }
    }
    return patterns;
  }

  private static void addWave(
      float[] patterns,
      int first,
      InputShape shape,
      int rowFrequency,
      int columnFrequency,
      double phase) {
    // A cosine's mean square is 1/2. StrictMath: the same bytes on every machine.
    double amplitude = StrictMath.sqrt(2.0 / WAVES);
    for (int row = 0; row < shape.height(); row++) {
      double rowAngle = (double) rowFrequency * row / shape.height() + phase;
      for (int column = 0; column < shape.width(); column++) {
        double angle = rowAngle + (double) columnFrequency * column / shape.width();
        patterns[first + row * shape.width() + column] +=
            (float) (amplitude * StrictMath.cos(2 * Math.PI * angle));
      }
    }
  }

  @Override
  public InputShape inputShape() {
    return shape;
  }

  @Override
  public List<String> classNames() {
    List<String> names = new ArrayList<>(classes);
    for (int label = 0; label < classes; label++) {
      names.add("class-" + label);
    }
    return names;
  }

  @Override
  public int size(Split split) {
    return split == Split.TRAIN ? trainSize : testSize;
  }

  @Override
  public int read(Split split, int index, @Nullable Augmentation augmentation, FloatBuffer image) {
    Objects.checkIndex(index, size(split));
    int label = index % classes;
    RandomSource source =
        RandomSource.of(seed, RandomPurpose.AUGMENT, split == Split.TRAIN ? 0 : 1).forTensor(index);
    int length = shape.length();
    int first = label * length;
    // Uniform on (−1, 1) has the variance 1/3.
    double scale = noise * Math.sqrt(3);
    for (int position = 0; position < length; position++) {
      double value = scale * (2 * source.uniform(position) - 1);
      image.put(position, (float) (patterns[first + position] + value));
    }
    return label;
  }

  @Override
  public String fingerprint() {
    MessageDigest digest = Sha256.digest();
    Sha256.updateText(
        digest,
        "synthetic 1 "
            + shape
            + " "
            + classes
            + " "
            + trainSize
            + " "
            + testSize
            + " "
            + noise
            + " "
            + seed);
    return Sha256.hex(digest);
  }

  @Override
  public void close() {}
}
