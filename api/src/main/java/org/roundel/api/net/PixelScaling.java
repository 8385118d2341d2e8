package org.roundel.api.net;

import java.util.List;

/**
 * What is done to the pixels of an image before a net sees them: (v − mean) / deviation in each
 * channel, computed in double precision and rounded to float32.
 *
 * @param means of each channel, for pixels v from 0 to 255
 * @param deviations standard deviation of each channel on the same scale, greater than 0
 */
public record PixelScaling(List<Double> means, List<Double> deviations) {
  /** Copies the lists, and checks them. */
  public PixelScaling {
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
    if (means.isEmpty()
        || means.size() != deviations.size()
        || !means.stream().allMatch(Double::isFinite)
        || !deviations.stream().allMatch(deviation -> deviation > 0 && deviation < 1e30)) {
      throw new IllegalArgumentException("means " + means + ", deviations " + deviations);
    }
  }

  /**
   * Returns what a net sees of a pixel.
   *
   * @param value from 0 to 255
   */
  public float apply(int channel, double value) {
    return (float) ((value - means.get(channel)) / deviations.get(channel));
  }

  /**
   * Returns the pixel, from 0 to 255 but for rounding, that {@link #apply} makes a value of.
   *
   * @param seen what a net sees
   */
  public double pixel(int channel, float seen) {
    return seen * deviations.get(channel) + means.get(channel);
  }
}
