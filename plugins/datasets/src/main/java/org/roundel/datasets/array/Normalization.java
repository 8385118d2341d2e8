package org.roundel.datasets.array;

import java.util.List;

/**
 * Per-channel normalisation of byte values: (v − mean) / standard deviation, with mean and standard
 * deviation on the scale 0 to 255, looked up in a table.
 */
public final class Normalization {
  private static final int VALUES = 256;

  private final float[] table;

  /**
   * Makes the table.
   *
   * @param means one per channel, on the scale 0 to 255
   * @param standardDeviations one per channel, on the same scale, greater than 0
   */
  public Normalization(List<Double> means, List<Double> standardDeviations) {
    if (means.size() != standardDeviations.size()) {
      throw new IllegalArgumentException(
          means.size() + " means, " + standardDeviations.size() + " standard deviations");
    }
    table = new float[means.size() * VALUES];
    for (int channel = 0; channel < means.size(); channel++) {
      for (int value = 0; value < VALUES; value++) {
        table[channel * VALUES + value] =
            (float) ((value - means.get(channel)) / standardDeviations.get(channel));
      }
    }
  }

  int channels() {
    return table.length / VALUES;
  }

  /** Returns the normalised value of an unsigned byte. */
  float apply(int channel, byte value) {
    return table[channel * VALUES + (value & 0xFF)];
  }
}
