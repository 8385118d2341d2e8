package org.roundel.datasets.image;

/** Resamples an image along both axes, columns first. */
final class Resampler {
  private Resampler() {}

  /**
   * Returns the resampled image on the scale 0 to 1, in the order channel, row, column.
   *
   * @param rows weights along the image's height; its outputs are the result's rows
   * @param columns weights along the image's width
   */
  static float[] resample(DecodedImage image, ResamplingAxis rows, ResamplingAxis columns) {
    int lowest = rows.lowest();
    int sourceRows = rows.highest() - lowest;
    int height = rows.outputs();
    int width = columns.outputs();
    float[] narrowed = new float[sourceRows * width];
    float[] result = new float[3 * height * width];
    for (int channel = 0; channel < 3; channel++) {
      for (int row = 0; row < sourceRows; row++) {
        int start = image.offset(channel) + (lowest + row) * image.rowStride();
        narrow(image, start, columns, narrowed, row * width);
      }
      for (int row = 0; row < height; row++) {
        int target = (channel * height + row) * width;
        for (int tap = 0; tap < rows.count(row); tap++) {
          float weight = rows.weight(row, tap) / 255;
          int source = (rows.first(row) + tap - lowest) * width;
          for (int column = 0; column < width; column++) {
            result[target + column] += weight * narrowed[source + column];
          }
        }
      }
    }
    return result;
  }

  private static void narrow(
      DecodedImage image, int start, ResamplingAxis columns, float[] narrowed, int target) {
    byte[] samples = image.samples();
    int pixelStride = image.pixelStride();
    for (int column = 0; column < columns.outputs(); column++) {
      int position = start + columns.first(column) * pixelStride;
      int count = columns.count(column);
      float sum = 0;
      for (int tap = 0; tap < count; tap++) {
        sum += columns.weight(column, tap) * (samples[position] & 0xFF);
        position += pixelStride;
      }
      narrowed[target + column] = sum;
    }
  }
}
