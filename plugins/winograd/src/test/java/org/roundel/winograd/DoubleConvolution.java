package org.roundel.winograd;

/**
 * Convolutions of 3×3 with stride 1 and padding 1 by their definition, in double precision. Images
 * are [batch, channels, height, width], weights [outputs, inputs, 3, 3].
 */
record DoubleConvolution(int batch, int inputs, int outputs, int height, int width) {
  /** What is done with each product of the sum. */
  private interface Product {
    void visit(int source, int weight, int target);
  }

  private void products(Product product) {
    for (int image = 0; image < batch; image++) {
      for (int output = 0; output < outputs; output++) {
        for (int input = 0; input < inputs; input++) {
          for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
              int target = ((image * outputs + output) * height + row) * width + column;
              for (int tap = 0; tap < 9; tap++) {
                int y = row + tap / 3 - 1;
                int x = column + tap % 3 - 1;
                if (y >= 0 && y < height && x >= 0 && x < width) {
                  int source = ((image * inputs + input) * height + y) * width + x;
                  product.visit(source, (output * inputs + input) * 9 + tap, target);
                }
              }
            }
          }
        }
      }
    }
  }

  double[] forward(float[] source, float[] weights) {
    double[] target = new double[batch * outputs * height * width];
    products((s, w, t) -> target[t] += (double) source[s] * weights[w]);
    return target;
  }

  double[] inputGradient(float[] gradient, float[] weights) {
    double[] result = new double[batch * inputs * height * width];
    products((s, w, t) -> result[s] += (double) gradient[t] * weights[w]);
    return result;
  }

  double[] weightsGradient(float[] source, float[] gradient) {
    double[] result = new double[outputs * inputs * 9];
    products((s, w, t) -> result[w] += (double) source[s] * gradient[t]);
    return result;
  }
}
