package org.roundel.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How far two engines may be apart that compute in float32.
 *
 * <p>One rounding is off by at most u = 2⁻²⁴ of a number. A sum of k terms of either sign in any
 * order is off by about √k·u of its largest terms: k is at most 9·512 for a convolution's output
 * and the number of images and pixels, under 10⁴, for a weight's gradient, so √k·u ≤ 100·u. The
 * errors of L layers are independent and add up to √L times that on the way forward and again on
 * the way back; L ≤ 56 gives 100·√112·u = 6e-5 of a tensor's largest element. Batch normalisation
 * divides by a deviation of order 1 here and does not change the order. Both sides are off, so they
 * differ by at most about 1.3e-4; {@link #BOUND} is the next power of two, 2⁻¹² = 2.4e-4. A wrong
 * formula, a wrong padding or a forgotten term differs by more than 10⁻².
 */
final class Agreement {
  static final double BOUND = 0x1p-12;

  private Agreement() {}

  /** Checks two losses, which are means of numbers of order 1. */
  static void assertLoss(String what, double found, double expected) {
    assertThat(found).as(what).isCloseTo(expected, within(BOUND * (1 + Math.abs(expected))));
  }

  /**
   * Checks each element of a tensor.
   *
   * @param scale the largest element of the tensor or of its layer's gradients: a sum that cancels,
   *     such as the gradient of a bias before batch normalisation, is off by a part of its terms
   */
  static void assertClose(String what, INDArray found, INDArray expected, double scale) {
    double difference =
        found
            .castTo(DataType.DOUBLE)
            .sub(expected.castTo(DataType.DOUBLE))
            .amaxNumber()
            .doubleValue();
    assertThat(difference).as("%s, of %s", what, scale).isLessThanOrEqualTo(BOUND * scale);
  }

  static double largest(INDArray array) {
    return array.amaxNumber().doubleValue();
  }
}
