package org.roundel.parq;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.roundel.api.Chunks;
import org.roundel.api.quantizer.Magnitudes;

/**
 * The grids of least-squares binary quantization (LSBQ): sums ±v_1 ± … ± v_b of b scales, or −v, 0
 * and v, that are near to a layer's weights.
 *
 * <p>One scale is mean|w|. Two scales, and the ternary one, are those that make Σ(w − nearest
 * value)² least: v_1 ± v_2 are the centres of the two clusters of |w| in which their squares are
 * least, and v is the mean of the largest |w|, the rest being 0; the best cut of the sorted |w| is
 * found by trying all. Three and four scales have no such solution, and are found greedily: each is
 * the mean magnitude of what the ones before leave of the weights.
 *
 * <p>Sources: Hadi Pouransari, Zhucheng Tu, Oncel Tuzel, <em>Least squares binary quantization of
 * neural networks</em>, 2020; the greedy one Yiwen Guo, Anbang Yao, Hao Zhao, Yurong Chen,
 * <em>Network Sketching</em>, 2017.
 *
 * @param scales b, from 1 to 4; 1 for the ternary grid
 * @param ternary whether the grid is −v, 0 and v
 */
record LeastSquaresGrid(int scales, boolean ternary) {
  /** Returns how many values the grid has. */
  int size() {
    return ternary ? 3 : 1 << scales;
  }

  /**
   * Returns the scales for a layer's weights, each finite and at least 0. Magnitudes are those of
   * {@link Magnitudes#of}; sums are in double precision, the same for any number of threads.
   *
   * @param weights at least one number
   */
  float[] fit(FloatBuffer weights) {
    double[] fitted = new double[scales];
    if (ternary) {
      fitted[0] = largestMean(sortedMagnitudes(weights));
    } else if (scales == 2) {
      fitTwo(sortedMagnitudes(weights), fitted);
    } else {
      for (int index = 0; index < scales; index++) {
        fitted[index] = meanRest(weights, fitted, index);
      }
    }
    float[] result = new float[scales];
    for (int index = 0; index < scales; index++) {
      result[index] = (float) Math.min(fitted[index], Float.MAX_VALUE);
    }
    return result;
  }

  private static float[] sortedMagnitudes(FloatBuffer weights) {
    float[] magnitudes = new float[weights.capacity()];
    for (int index = 0; index < magnitudes.length; index++) {
      magnitudes[index] = Magnitudes.of(weights.get(index));
    }
    Arrays.sort(magnitudes);
    return magnitudes;
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  /**
   * Returns the v that is best with 0 beside it. With the n − k largest magnitudes at v and their
   * sum S, the error is Σ|w|² − S²/(n − k) for the best v, which is S/(n − k).
   */
  private static double largestMean(float[] sorted) {
    double above = sum(sorted);
    double best = -1;
    double scale = 0;
    for (int zeros = 0; zeros < sorted.length; zeros++) {
      double mean = above / (sorted.length - zeros);
      if (mean * above > best) {
        best = mean * above;
        scale = mean;
      }
      above -= sorted[zeros];
    }
    return scale;
  }

  /** Writes the best v_1 and v_2, half the sum and half the difference of two clusters' means. */
  private static void fitTwo(float[] sorted, double[] fitted) {
    int count = sorted.length;
    double above = sum(sorted);
    double below = 0;
    double best = above * (above / count);
    fitted[0] = above / count;
    fitted[1] = 0;
    for (int cut = 1; cut < count; cut++) {
      below += sorted[cut - 1];
      above -= sorted[cut - 1];
      double low = below / cut;
      double high = above / (count - cut);
      double explained = low * below + high * above;
      // Rounding of the sums may put the centres of equal weights in the wrong order.
      if (explained > best && high > low) {
        best = explained;
        fitted[0] = (high + low) / 2;
        fitted[1] = (high - low) / 2;
      }
    }
  }

  /** Returns the mean magnitude of what the first scales leave of the weights. */
  private static double meanRest(FloatBuffer weights, double[] fitted, int first) {
    double sum =
        Chunks.sum(
            weights.capacity(),
            chunk -> {
              double part = 0;
              int end = chunk.start() + chunk.length();
              for (int index = chunk.start(); index < end; index++) {
                double rest = Magnitudes.of(weights.get(index));
                for (int scale = 0; scale < first; scale++) {
                  rest = Math.abs(rest - fitted[scale]);
                }
                part += rest;
              }
              return part;
            });
    return sum / weights.capacity();
  }

  /** Returns the grid's values in increasing order, finite and never −0; some may be equal. */
  float[] levels(float[] fitted) {
    float[] levels = new float[size()];
    for (int index = 0; index < levels.length; index++) {
      double level = 0;
      if (ternary) {
        level = (index - 1) * (double) fitted[0];
      } else {
        for (int scale = 0; scale < scales; scale++) {
          boolean added = (index >> scale & 1) == 1;
          level += added ? fitted[scale] : -fitted[scale];
        }
      }
      levels[index] = (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, level)) + 0f;
    }
    Arrays.sort(levels);
    return levels;
  }
}
