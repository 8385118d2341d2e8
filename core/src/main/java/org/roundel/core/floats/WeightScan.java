package org.roundel.core.floats;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.roundel.core.event.WeightDistribution;

/** Looks at a layer's weights to tell how they are distributed. */
public final class WeightScan {
  private static final int BLOCK = 1 << 12;

  private final FloatBuffer weights;
  private final float[] block = new float[BLOCK];

  private WeightScan(FloatBuffer weights) {
    this.weights = weights;
  }

  /**
   * Returns the distribution.
   *
   * @param trained the weights that are trained; those that are not finite are left out
   * @param computing the weights that the net computes with
   */
  public static WeightDistribution of(FloatBuffer trained, FloatBuffer computing) {
    WeightScan scan = new WeightScan(trained);
    float[] range = scan.range();
    return new WeightDistribution(
        shortest(range[0]),
        shortest(range[1]),
        Arrays.stream(scan.counts(range[0], range[1])).boxed().toList(),
        new WeightScan(computing).values());
  }

  private int load(int from) {
    int length = Math.min(BLOCK, weights.capacity() - from);
    weights.get(from, block, 0, length);
    return length;
  }

  /** Returns the least and the greatest finite weight; 0 and 0 if there is none. */
  private float[] range() {
    float least = Float.POSITIVE_INFINITY;
    float greatest = Float.NEGATIVE_INFINITY;
    for (int from = 0; from < weights.capacity(); from += BLOCK) {
      int length = load(from);
      for (int index = 0; index < length; index++) {
        float weight = block[index];
        if (Float.isFinite(weight)) {
          least = Math.min(least, weight);
          greatest = Math.max(greatest, weight);
        }
      }
    }
    return least > greatest ? new float[] {0, 0} : new float[] {least, greatest};
  }

  private long[] counts(float least, float greatest) {
    long[] counts = new long[WeightDistribution.PARTS];
    double parts =
        WeightDistribution.PARTS / Math.max((double) greatest - least, Double.MIN_NORMAL);
    for (int from = 0; from < weights.capacity(); from += BLOCK) {
      int length = load(from);
      for (int index = 0; index < length; index++) {
        float weight = block[index];
        if (Float.isFinite(weight)) {
          int part = (int) (((double) weight - least) * parts);
          counts[Math.min(part, WeightDistribution.PARTS - 1)]++;
        }
      }
    }
    return counts;
  }

  private List<WeightDistribution.Value> values() {
    float[] found = new float[WeightDistribution.MOST_VALUES];
    long[] counts = new long[WeightDistribution.MOST_VALUES];
    int known = 0;
    for (int from = 0; from < weights.capacity(); from += BLOCK) {
      int length = load(from);
      for (int index = 0; index < length; index++) {
        // −0 is 0.
        float weight = block[index] + 0f;
        int place = 0;
        while (place < known && found[place] != weight) {
          place++;
        }
        if (place == known) {
          if (known == WeightDistribution.MOST_VALUES) {
            return List.of();
          }
          found[known++] = weight;
        }
        counts[place]++;
      }
    }
    List<WeightDistribution.Value> values = new ArrayList<>();
    for (int place = 0; place < known; place++) {
      values.add(new WeightDistribution.Value(shortest(found[place]), counts[place]));
    }
    values.sort(Comparator.comparingDouble(WeightDistribution.Value::value));
    return values;
  }

  /** Returns the number that a float's shortest text stands for: 0.1 instead of 0.10000000149. */
  private static double shortest(float value) {
    return Double.parseDouble(Float.toString(value));
  }
}
