package org.roundel.datasets.image;

/**
 * The weights with which one axis of an image is resampled: bilinear interpolation that is widened
 * to a triangle over all source pixels when the image shrinks, so that nothing is skipped.
 *
 * <p>Output i looks at the source position c = start + (i + ½)·scale, and source pixel j weighs
 * max(0, 1 − |j + ½ − c| / max(scale, 1)), divided by the sum of the weights. Pixels outside [low,
 * high) do not count.
 */
final class ResamplingAxis {
  private final int[] first;
  private final int[] count;
  private final int mostTaps;
  private final float[] weights;

  /**
   * Computes the weights.
   *
   * @param start where output 0 begins, in source pixels
   * @param scale source pixels per output, greater than 0
   * @param low first source pixel that may be used
   * @param high one past the last
   * @param outputs how many values to make
   */
  ResamplingAxis(double start, double scale, int low, int high, int outputs) {
    double support = Math.max(scale, 1);
    first = new int[outputs];
    count = new int[outputs];
    mostTaps = (int) Math.ceil(2 * support) + 2;
    weights = new float[outputs * mostTaps];
    for (int output = 0; output < outputs; output++) {
      double center = start + (output + 0.5) * scale;
      // Never empty: the pixel under a centre inside [low, high] always counts.
      int from = Math.max(low, Math.min(high - 1, (int) Math.floor(center - support + 0.5)));
      int to = Math.min(high, Math.max(from + 1, (int) Math.ceil(center + support - 0.5) + 1));
      to = Math.min(to, from + mostTaps);
      double sum = 0;
      for (int pixel = from; pixel < to; pixel++) {
        double weight = Math.max(0, 1 - Math.abs(pixel + 0.5 - center) / support);
        weights[output * mostTaps + pixel - from] = (float) weight;
        sum += weight;
      }
      for (int tap = 0; tap < to - from; tap++) {
        weights[output * mostTaps + tap] /= (float) sum;
      }
      first[output] = from;
      count[output] = to - from;
    }
  }

  int outputs() {
    return first.length;
  }

  /** Returns the first source pixel of an output. */
  int first(int output) {
    return first[output];
  }

  /** Returns how many source pixels an output is made of. */
  int count(int output) {
    return count[output];
  }

  float weight(int output, int tap) {
    return weights[output * mostTaps + tap];
  }

  /** Returns the first source pixel that any output uses. */
  int lowest() {
    int lowest = Integer.MAX_VALUE;
    for (int pixel : first) {
      lowest = Math.min(lowest, pixel);
    }
    return lowest;
  }

  /** Returns one past the last source pixel that any output uses. */
  int highest() {
    int highest = 0;
    for (int output = 0; output < first.length; output++) {
      highest = Math.max(highest, first[output] + count[output]);
    }
    return highest;
  }
}
