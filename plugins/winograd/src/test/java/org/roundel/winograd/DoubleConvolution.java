package org.roundel.winograd;

/**
 * Convolutions of 3×3 with stride 1 and padding 1 by their definition, in double precision. Images
 * are [batch, channels, height, width], weights [outputs, inputs, 3, 3].
 */
record DoubleConvolution(int batch, int inputs, int outputs, int height, int width) {
  /** What is done with the products of a row of pixels and one weight. */
  private interface Row {
    void visit(int source, int weight, int target, int pixels);
  }

  private void rows(Row products) {
    for (int image = 0; image < batch; image++) {
      for (int output = 0; output < outputs; output++) {
        for (int input = 0; input < inputs; input++) {
          for (int tap = 0; tap < 9; tap++) {
            int down = tap / 3 - 1;
            int right = tap % 3 - 1;
            int first = Math.max(0, -right);
            int pixels = Math.min(width, width - right) - first;
            for (int row = Math.max(0, -down); row < Math.min(height, height - down); row++) {
              products.visit(
                  ((image * inputs + input) * height + row + down) * width + first + right,
                  (output * inputs + input) * 9 + tap,
                  ((image * outputs + output) * height + row) * width + first,
                  pixels);
            }
          }
        }
      }
    }
  }

  double[] forward(float[] source, float[] weights) {
    double[] target = new double[batch * outputs * height * width];
    rows(
        (s, w, t, pixels) -> {
          for (int pixel = 0; pixel < pixels; pixel++) {
            target[t + pixel] += (double) source[s + pixel] * weights[w];
          }
        });
    return target;
  }

  double[] inputGradient(float[] gradient, float[] weights) {
    double[] result = new double[batch * inputs * height * width];
    rows(
        (s, w, t, pixels) -> {
          for (int pixel = 0; pixel < pixels; pixel++) {
            result[s + pixel] += (double) gradient[t + pixel] * weights[w];
          }
        });
    return result;
  }

  double[] weightsGradient(float[] source, float[] gradient) {
    double[] result = new double[outputs * inputs * 9];
    rows(
        (s, w, t, pixels) -> {
          for (int pixel = 0; pixel < pixels; pixel++) {
            result[w] += (double) source[s + pixel] * gradient[t + pixel];
          }
        });
    return result;
  }
}
