package org.roundel.winograd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The one-dimensional transforms of F(4, 3) with the interpolation points 0, ±5/8, ±3/2 and ∞;
 * applied down the columns and then along the rows of a tile they make the two-dimensional ones.
 * The points are exact in binary, and keep the error at half of that of the usual 0, ±1, ±2, ∞.
 *
 * <p>With p(x) the product of x − q over all finite points q, and N(q) that of q − r over all other
 * finite points r: outputs come from products by the powers of the points, weights go to the values
 * of their polynomial at the points, divided by N, and inputs to the coefficients of p(x) / (x −
 * q).
 *
 * <p>Each method transforms {@code count} vectors. Element i of vector k is read at {@code from + i
 * · fromStride + k · fromStep}, and written likewise.
 */
final class Transforms {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;

  static final float A = 0.625f;
  static final float B = 1.5f;
  static final float A2 = A * A;
  static final float B2 = B * B;
  static final float A3 = A2 * A;
  static final float B3 = B2 * B;
  private static final float SUM = A2 + B2;
  private static final float PRODUCT = A2 * B2;

  /** 1 / N of 0, ±A and ±B. */
  private static final float ZERO_SCALE = (float) (1.0 / ((double) A2 * B2));

  private static final float A_SCALE = (float) (1.0 / (2.0 * A2 * ((double) A2 - B2)));
  private static final float B_SCALE = (float) (1.0 / (2.0 * B2 * ((double) B2 - A2)));

  private Transforms() {}

  /** Six inputs to six. */
  static void input(
      float[] source,
      int from,
      int fromStride,
      int fromStep,
      float[] target,
      int to,
      int toStride,
      int toStep,
      int count) {
    FloatVector a = FloatVector.broadcast(SPECIES, A);
    FloatVector b = FloatVector.broadcast(SPECIES, B);
    FloatVector minusA2 = FloatVector.broadcast(SPECIES, -A2);
    FloatVector minusB2 = FloatVector.broadcast(SPECIES, -B2);
    FloatVector minusSum = FloatVector.broadcast(SPECIES, -SUM);
    FloatVector product = FloatVector.broadcast(SPECIES, PRODUCT);
    for (int k = 0; k < count; k++) {
      int s = from + k * fromStep;
      int t = to + k * toStep;
      FloatVector x2 = FloatVector.fromArray(SPECIES, source, s + 2 * fromStride);
      FloatVector x4 = FloatVector.fromArray(SPECIES, source, s + 4 * fromStride);
      FloatVector x1 = FloatVector.fromArray(SPECIES, source, s + fromStride);
      FloatVector x3 = FloatVector.fromArray(SPECIES, source, s + 3 * fromStride);
      FloatVector.fromArray(SPECIES, source, s)
          .fma(product, x2.fma(minusSum, x4))
          .intoArray(target, t);
      FloatVector.fromArray(SPECIES, source, s + 5 * fromStride)
          .add(x1.fma(product, x3.mul(minusSum)))
          .intoArray(target, t + 5 * toStride);
      FloatVector even = x2.fma(minusB2, x4);
      FloatVector odd = x1.fma(minusB2, x3);
      odd.fma(a, even).intoArray(target, t + toStride);
      odd.neg().fma(a, even).intoArray(target, t + 2 * toStride);
      even = x2.fma(minusA2, x4);
      odd = x1.fma(minusA2, x3);
      odd.fma(b, even).intoArray(target, t + 3 * toStride);
      odd.neg().fma(b, even).intoArray(target, t + 4 * toStride);
    }
  }

  /** Six products to four outputs. */
  static void output(
      float[] source,
      int from,
      int fromStride,
      int fromStep,
      float[] target,
      int to,
      int toStride,
      int toStep,
      int count) {
    FloatVector a = FloatVector.broadcast(SPECIES, A);
    FloatVector b = FloatVector.broadcast(SPECIES, B);
    FloatVector a2 = FloatVector.broadcast(SPECIES, A2);
    FloatVector b2 = FloatVector.broadcast(SPECIES, B2);
    FloatVector a3 = FloatVector.broadcast(SPECIES, A3);
    FloatVector b3 = FloatVector.broadcast(SPECIES, B3);
    for (int k = 0; k < count; k++) {
      int s = from + k * fromStep;
      int t = to + k * toStep;
      FloatVector m1 = FloatVector.fromArray(SPECIES, source, s + fromStride);
      FloatVector m2 = FloatVector.fromArray(SPECIES, source, s + 2 * fromStride);
      FloatVector m3 = FloatVector.fromArray(SPECIES, source, s + 3 * fromStride);
      FloatVector m4 = FloatVector.fromArray(SPECIES, source, s + 4 * fromStride);
      FloatVector sumA = m1.add(m2);
      FloatVector differenceA = m1.sub(m2);
      FloatVector sumB = m3.add(m4);
      FloatVector differenceB = m3.sub(m4);
      FloatVector.fromArray(SPECIES, source, s).add(sumA).add(sumB).intoArray(target, t);
      differenceB.fma(b, differenceA.mul(a)).intoArray(target, t + toStride);
      sumB.fma(b2, sumA.mul(a2)).intoArray(target, t + 2 * toStride);
      FloatVector last = FloatVector.fromArray(SPECIES, source, s + 5 * fromStride);
      differenceB.fma(b3, differenceA.fma(a3, last)).intoArray(target, t + 3 * toStride);
    }
  }

  /** Four gradients of outputs to six, for the gradient of the weights; the transpose of output. */
  static void outputGradient(
      float[] source,
      int from,
      int fromStride,
      int fromStep,
      float[] target,
      int to,
      int toStride,
      int toStep,
      int count) {
    FloatVector a = FloatVector.broadcast(SPECIES, A);
    FloatVector b = FloatVector.broadcast(SPECIES, B);
    FloatVector a2 = FloatVector.broadcast(SPECIES, A2);
    FloatVector b2 = FloatVector.broadcast(SPECIES, B2);
    for (int k = 0; k < count; k++) {
      int s = from + k * fromStep;
      int t = to + k * toStep;
      FloatVector y0 = FloatVector.fromArray(SPECIES, source, s);
      FloatVector y1 = FloatVector.fromArray(SPECIES, source, s + fromStride);
      FloatVector y2 = FloatVector.fromArray(SPECIES, source, s + 2 * fromStride);
      FloatVector y3 = FloatVector.fromArray(SPECIES, source, s + 3 * fromStride);
      y0.intoArray(target, t);
      y3.intoArray(target, t + 5 * toStride);
      FloatVector even = y2.fma(a2, y0);
      FloatVector odd = y3.fma(a2, y1).mul(a);
      even.add(odd).intoArray(target, t + toStride);
      even.sub(odd).intoArray(target, t + 2 * toStride);
      even = y2.fma(b2, y0);
      odd = y3.fma(b2, y1).mul(b);
      even.add(odd).intoArray(target, t + 3 * toStride);
      even.sub(odd).intoArray(target, t + 4 * toStride);
    }
  }

  /** Three weights to six. */
  static void weights(
      float[] source,
      int from,
      int fromStride,
      int fromStep,
      float[] target,
      int to,
      int toStride,
      int toStep,
      int count) {
    for (int k = 0; k < count; k++) {
      int s = from + k * fromStep;
      int t = to + k * toStep;
      FloatVector w0 = FloatVector.fromArray(SPECIES, source, s);
      FloatVector w1 = FloatVector.fromArray(SPECIES, source, s + fromStride);
      FloatVector w2 = FloatVector.fromArray(SPECIES, source, s + 2 * fromStride);
      w0.mul(ZERO_SCALE).intoArray(target, t);
      w2.intoArray(target, t + 5 * toStride);
      FloatVector even = w0.add(w2.mul(A2)).mul(A_SCALE);
      FloatVector odd = w1.mul(A * A_SCALE);
      even.add(odd).intoArray(target, t + toStride);
      even.sub(odd).intoArray(target, t + 2 * toStride);
      even = w0.add(w2.mul(B2)).mul(B_SCALE);
      odd = w1.mul(B * B_SCALE);
      even.add(odd).intoArray(target, t + 3 * toStride);
      even.sub(odd).intoArray(target, t + 4 * toStride);
    }
  }

  /** Six sums of products to the gradients of three weights; the transpose of weights. */
  static void weightsGradient(
      float[] source,
      int from,
      int fromStride,
      int fromStep,
      float[] target,
      int to,
      int toStride,
      int toStep,
      int count) {
    for (int k = 0; k < count; k++) {
      int s = from + k * fromStep;
      int t = to + k * toStep;
      FloatVector m1 = FloatVector.fromArray(SPECIES, source, s + fromStride);
      FloatVector m2 = FloatVector.fromArray(SPECIES, source, s + 2 * fromStride);
      FloatVector m3 = FloatVector.fromArray(SPECIES, source, s + 3 * fromStride);
      FloatVector m4 = FloatVector.fromArray(SPECIES, source, s + 4 * fromStride);
      FloatVector sumA = m1.add(m2).mul(A_SCALE);
      FloatVector differenceA = m1.sub(m2).mul(A_SCALE);
      FloatVector sumB = m3.add(m4).mul(B_SCALE);
      FloatVector differenceB = m3.sub(m4).mul(B_SCALE);
      FloatVector.fromArray(SPECIES, source, s)
          .mul(ZERO_SCALE)
          .add(sumA)
          .add(sumB)
          .intoArray(target, t);
      differenceA.mul(A).add(differenceB.mul(B)).intoArray(target, t + toStride);
      sumA.mul(A2)
          .add(sumB.mul(B2))
          .add(FloatVector.fromArray(SPECIES, source, s + 5 * fromStride))
          .intoArray(target, t + 2 * toStride);
    }
  }
}
