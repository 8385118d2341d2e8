package org.roundel.datasets.array;

import java.util.List;
import org.roundel.api.net.PixelScaling;

/**
 * Per-channel normalisation of byte values: (v − mean) / standard deviation, with mean and standard
 * deviation on the scale 0 to 255, looked up in a table.
 */
public final class Normalization {
  private static final int VALUES = 256;

  private final PixelScaling scaling;
  private final float[] table;

  /**
   * Makes the table.
   *
   * @param means one per channel, on the scale 0 to 255
   * @param standardDeviations one per channel, on the same scale, greater than 0
   */
  public Normalization(List<Double> means, List<Double> standardDeviations) {
    scaling = new PixelScaling(means, standardDeviations);
    table = new float[means.size() * VALUES];
    for (int channel = 0; channel < means.size(); channel++) {
      for (int value = 0; value < VALUES; value++) {
        table[channel * VALUES + value] = scaling.apply(channel, value);
      }
    }
  }

  /** Returns what it does, as numbers. */
  PixelScaling scaling() {
    return scaling;
  }

  int channels() {
    return table.length / VALUES;
  }

  /** Returns the normalised value of an unsigned byte. */
  float apply(int channel, byte value) {
    return table[channel * VALUES + (value & 0xFF)];
  }
}
