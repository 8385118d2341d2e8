package org.roundel.reproduce.theory;

/** Products of square matrices held row by row in one array: what powers of a chain need. */
final class SquareMatrix {
  private SquareMatrix() {}

  /**
   * Returns {@code left} times {@code right}.
   *
   * @param left rows of {@code size} numbers, as many as it holds
   * @param right {@code size} rows of {@code size} numbers
   */
  static double[] product(double[] left, double[] right, int size) {
    double[] result = new double[left.length];
    for (int row = 0; row < left.length; row += size) {
      for (int inner = 0; inner < size; inner++) {
        double factor = left[row + inner];
        // Chains from the toy problem have many zeros.
        if (factor != 0) {
          int other = inner * size;
          for (int column = 0; column < size; column++) {
            result[row + column] += factor * right[other + column];
          }
        }
      }
    }
    return result;
  }

  /** Divides each row by its sum, so that rounding does not pile up over many products. */
  static void normalizeRows(double[] matrix, int size) {
    for (int row = 0; row < matrix.length; row += size) {
      double sum = 0;
      for (int column = 0; column < size; column++) {
        sum += matrix[row + column];
      }
      for (int column = 0; column < size; column++) {
        matrix[row + column] /= sum;
      }
    }
  }
}
