package org.roundel.reproduce.theory.convex;

import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;

/** Small functions for the tests, and checks that hold for all of them. */
final class Objectives {
  private Objectives() {}

  /** Returns a regression on examples drawn around two overlapping centers. */
  static LogisticRegression regression(
      long seed, int examples, int dimension, double penalty, int batch) {
    RandomStream random = new RandomStream(RandomSource.of(seed, RandomPurpose.INITIALIZE, 0));
    double[][] features = new double[examples][dimension];
    int[] labels = new int[examples];
    for (int example = 0; example < examples; example++) {
      labels[example] = random.nextUniform() < 0.4 ? 1 : -1;
      for (int i = 0; i < dimension; i++) {
        features[example][i] = random.nextNormal() + labels[example] * 0.8 / (i + 1);
      }
    }
    return new LogisticRegression(features, labels, penalty, batch);
  }

  static double[] normals(long seed, int count) {
    RandomStream random = new RandomStream(RandomSource.of(seed, RandomPurpose.AUGMENT, 0));
    double[] result = new double[count];
    for (int i = 0; i < count; i++) {
      result[i] = random.nextNormal();
    }
    return result;
  }

  /** Returns the gradient by central differences; its error is about h² and 1e−16/h. */
  static double[] centralDifferences(StochasticObjective objective, double[] point, double h) {
    double[] result = new double[point.length];
    double[] moved = point.clone();
    for (int i = 0; i < point.length; i++) {
      moved[i] = point[i] + h;
      double above = objective.value(moved);
      moved[i] = point[i] - h;
      double below = objective.value(moved);
      moved[i] = point[i];
      result[i] = (above - below) / (2 * h);
    }
    return result;
  }

  static double norm(double[] vector) {
    double sum = 0;
    for (double each : vector) {
      sum += each * each;
    }
    return Math.sqrt(sum);
  }

  static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }
}
