package org.roundel.winograd;

import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Transforms#output} along the rows of tiles, with a {@link Finish}. NaN stays what it is.
 *
 * <p>Two loops, as C2 makes objects of vectors that come from one of two places.
 */
final class FinishedOutput {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;

  private FinishedOutput() {}

  /** Adds the bias. */
  static void biased(
      float[] source,
      int from,
      int fromStride,
      int fromStep,
      float[] target,
      int to,
      int toStride,
      int toStep,
      int count,
      Finish finish,
      int channel) {
    FloatVector a = FloatVector.broadcast(SPECIES, Transforms.A);
    FloatVector b = FloatVector.broadcast(SPECIES, Transforms.B);
    FloatVector a2 = FloatVector.broadcast(SPECIES, Transforms.A2);
    FloatVector b2 = FloatVector.broadcast(SPECIES, Transforms.B2);
    FloatVector a3 = FloatVector.broadcast(SPECIES, Transforms.A3);
    FloatVector b3 = FloatVector.broadcast(SPECIES, Transforms.B3);
    FloatVector bias = FloatVector.fromArray(SPECIES, finish.bias(), channel);
    FloatVector least = FloatVector.broadcast(SPECIES, finish.least());
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
      FloatVector y = FloatVector.fromArray(SPECIES, source, s).add(sumA).add(sumB.add(bias));
      y.blend(least, y.compare(LT, least)).intoArray(target, t);
      y = differenceB.fma(b, differenceA.fma(a, bias));
      y.blend(least, y.compare(LT, least)).intoArray(target, t + toStride);
      y = sumB.fma(b2, sumA.fma(a2, bias));
      y.blend(least, y.compare(LT, least)).intoArray(target, t + 2 * toStride);
      FloatVector last = FloatVector.fromArray(SPECIES, source, s + 5 * fromStride).add(bias);
      y = differenceB.fma(b3, differenceA.fma(a3, last));
      y.blend(least, y.compare(LT, least)).intoArray(target, t + 3 * toStride);
    }
  }

  /** Adds the bias and what is in the target already. */
  static void added(
      float[] source,
      int from,
      int fromStride,
      int fromStep,
      float[] target,
      int to,
      int toStride,
      int toStep,
      int count,
      Finish finish,
      int channel) {
    FloatVector a = FloatVector.broadcast(SPECIES, Transforms.A);
    FloatVector b = FloatVector.broadcast(SPECIES, Transforms.B);
    FloatVector a2 = FloatVector.broadcast(SPECIES, Transforms.A2);
    FloatVector b2 = FloatVector.broadcast(SPECIES, Transforms.B2);
    FloatVector a3 = FloatVector.broadcast(SPECIES, Transforms.A3);
    FloatVector b3 = FloatVector.broadcast(SPECIES, Transforms.B3);
    FloatVector bias = FloatVector.fromArray(SPECIES, finish.bias(), channel);
    FloatVector least = FloatVector.broadcast(SPECIES, finish.least());
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
      FloatVector other = FloatVector.fromArray(SPECIES, target, t).add(bias);
      FloatVector y = FloatVector.fromArray(SPECIES, source, s).add(sumA).add(sumB.add(other));
      y.blend(least, y.compare(LT, least)).intoArray(target, t);
      other = FloatVector.fromArray(SPECIES, target, t + toStride).add(bias);
      y = differenceB.fma(b, differenceA.fma(a, other));
      y.blend(least, y.compare(LT, least)).intoArray(target, t + toStride);
      other = FloatVector.fromArray(SPECIES, target, t + 2 * toStride).add(bias);
      y = sumB.fma(b2, sumA.fma(a2, other));
      y.blend(least, y.compare(LT, least)).intoArray(target, t + 2 * toStride);
      other = FloatVector.fromArray(SPECIES, target, t + 3 * toStride).add(bias);
      other = FloatVector.fromArray(SPECIES, source, s + 5 * fromStride).add(other);
      y = differenceB.fma(b3, differenceA.fma(a3, other));
      y.blend(least, y.compare(LT, least)).intoArray(target, t + 3 * toStride);
    }
  }
}
