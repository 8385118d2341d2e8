package org.roundel.datasets.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.roundel.api.InvalidInputException;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.Split;
import org.roundel.datasets.Fixtures;

class SyntheticTest {
  private static Dataset open(Map<String, String> options) throws IOException {
    return Fixtures.open(new SyntheticFactory(), Path.of("nowhere"), options);
  }

  /** The mean of a class's training images finds the class of nearly every test image. */
  @Test
  void theClassesCanBeLearned() throws IOException {
    try (Dataset dataset = open(Map.of("train-size", "200", "test-size", "100"))) {
      int length = dataset.inputShape().length();
      double[][] means = new double[10][length];
      for (int index = 0; index < 200; index++) {
        float[] image = Fixtures.read(dataset, Split.TRAIN, index, 0);
        for (int position = 0; position < length; position++) {
          means[index % 10][position] += image[position] / 20;
        }
      }
      int right = 0;
      for (int index = 0; index < 100; index++) {
        float[] image = Fixtures.read(dataset, Split.TEST, index, 0);
        right += nearest(means, image) == Fixtures.label(dataset, Split.TEST, index) ? 1 : 0;
      }
      assertThat(right).isGreaterThan(95);
    }
  }

  private static int nearest(double[][] means, float[] image) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int label = 0; label < means.length; label++) {
      double distance = 0;
      for (int position = 0; position < image.length; position++) {
        double difference = means[label][position] - image[position];
        distance += difference * difference;
      }
      if (distance < least) {
        least = distance;
        best = label;
      }
    }
    return best;
  }

  @Test
  void theNoiseHasTheGivenDeviation() throws IOException {
    try (Dataset noisy = open(Map.of("noise", "2"));
        Dataset clean = open(Map.of("noise", "0"))) {
      double sum = 0;
      double squares = 0;
      int count = 0;
      for (int index = 0; index < 50; index++) {
        float[] with = Fixtures.read(noisy, Split.TRAIN, index, 0);
        float[] without = Fixtures.read(clean, Split.TRAIN, index, 0);
        for (int position = 0; position < with.length; position++) {
          double noise = with[position] - without[position];
          sum += noise;
          squares += noise * noise;
          count++;
        }
      }
      // Uniform with variance 4: standard errors 2/sqrt(n) and sqrt(4/5)·4/sqrt(n); 5 of them.
      assertThat(sum / count).isCloseTo(0, within(5 * 2 / Math.sqrt(count)));
      assertThat(squares / count).isCloseTo(4, within(5 * 4 * Math.sqrt(0.8) / Math.sqrt(count)));
    }
  }

  @Test
  void everyOptionChangesTheFingerprint() throws IOException {
    try (Dataset first = open(Map.of());
        Dataset same = open(Map.of("seed", "0"));
        Dataset other = open(Map.of("seed", "1"))) {
      assertThat(same.fingerprint()).isEqualTo(first.fingerprint());
      assertThat(other.fingerprint()).isNotEqualTo(first.fingerprint());
      assertThat(Fixtures.read(other, Split.TRAIN, 0, 0))
          .isNotEqualTo(Fixtures.read(first, Split.TRAIN, 0, 0));
    }
  }

  @Test
  void refusesMorePatternsThanFitInMemory() {
    assertThatThrownBy(
            () ->
                open(
                    Map.of("classes", "1000", "channels", "64", "height", "1024", "width", "1024")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "synthetic: 1000 classes of 64x1024x1024 are 67,108,864,000 pattern values, allowed:"
                + " 67,108,864; make the images smaller or the classes fewer");
  }
}
