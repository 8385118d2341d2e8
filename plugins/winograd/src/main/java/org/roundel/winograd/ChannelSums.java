package org.roundel.winograd;

import java.util.Arrays;

/** Two sums of each channel: of each chunk of images by itself, so that their order is fixed. */
final class ChannelSums {
  private final double[][] first;
  private final double[][] second;

  ChannelSums(int chunks, int channels) {
    first = new double[chunks][channels];
    second = new double[chunks][channels];
  }

  void clear() {
    for (int chunk = 0; chunk < first.length; chunk++) {
      Arrays.fill(first[chunk], 0);
      Arrays.fill(second[chunk], 0);
    }
  }

  /**
   * Adds a piece's sums of some channels.
   *
   * @param sums the first of each channel, then the second of each
   */
  void add(int chunk, int firstChannel, float[] sums, int channels) {
    for (int channel = 0; channel < channels; channel++) {
      first[chunk][firstChannel + channel] += sums[channel];
      second[chunk][firstChannel + channel] += sums[channels + channel];
    }
  }

  double first(int channel) {
    return total(first, channel);
  }

  double second(int channel) {
    return total(second, channel);
  }

  private static double total(double[][] sums, int channel) {
    double total = 0;
    for (double[] chunk : sums) {
      total += chunk[channel];
    }
    return total;
  }
}
