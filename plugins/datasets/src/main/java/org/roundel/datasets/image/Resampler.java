package org.roundel.datasets.image;

/** Resamples an image along both axes, columns first. */
final class Resampler {
  private Resampler() {}

  /**
   * Returns the resampled image on the scale 0 to 1, in the order channel, row, column.
   *
   * @param rows weights along the image's height; its outputs are the result's rows
   * @param columns weights along the image's width
   * @param workspace where the result is made
   */
  static float[] resample(
      DecodedImage image, ResamplingAxis rows, ResamplingAxis columns, Workspace workspace) {
    int lowest = rows.lowest();
    int sourceRows = rows.highest() - lowest;
    int height = rows.outputs();
    int width = columns.outputs();
    // The three channels of a row stand one after the other.
    float[] narrowed = workspace.narrowed(3 * sourceRows * width);
    for (int row = 0; row < sourceRows; row++) {
      narrow(image, lowest + row, columns, narrowed, 3 * row * width);
    }
    float[] result = workspace.pixels(3 * height * width);
    for (int row = 0; row < height; row++) {
      for (int tap = 0; tap < rows.count(row); tap++) {
        float weight = rows.weight(row, tap) / 255;
        int source = 3 * (rows.first(row) + tap - lowest) * width;
        for (int channel = 0; channel < 3; channel++) {
          int target = (channel * height + row) * width;
          add(result, target, narrowed, source + channel * width, width, weight, tap == 0);
        }
      }
    }
    return result;
  }

  private static void add(
      float[] result, int to, float[] values, int from, int count, float weight, boolean first) {
    if (first) {
      for (int column = 0; column < count; column++) {
        result[to + column] = weight * values[from + column];
      }
    } else {
      for (int column = 0; column < count; column++) {
        result[to + column] += weight * values[from + column];
      }
    }
  }

  /** Does the channels side by side: three sums keep a processor busier than one. */
  private static void narrow(
      DecodedImage image, int row, ResamplingAxis columns, float[] narrowed, int target) {
    byte[] samples = image.samples();
    int pixelStride = image.pixelStride();
    int start = image.offset(0) + row * image.rowStride();
    int toSecond = image.offset(1) - image.offset(0);
    int toThird = image.offset(2) - image.offset(0);
    int width = columns.outputs();
    for (int column = 0; column < width; column++) {
      int position = start + columns.first(column) * pixelStride;
      int count = columns.count(column);
      float first = 0;
      float second = 0;
      float third = 0;
      for (int tap = 0; tap < count; tap++) {
        float weight = columns.weight(column, tap);
        first += weight * (samples[position] & 0xFF);
        second += weight * (samples[position + toSecond] & 0xFF);
        third += weight * (samples[position + toThird] & 0xFF);
        position += pixelStride;
      }
      narrowed[target + column] = first;
      narrowed[target + width + column] = second;
      narrowed[target + 2 * width + column] = third;
    }
  }
}
