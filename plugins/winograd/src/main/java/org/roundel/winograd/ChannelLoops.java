package org.roundel.winograd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over the pixels of one vector of channels: pixel k of an array begins at {@code at + k ·
 * step}. What each channel has lies in arrays of its own, at {@code channel}.
 */
final class ChannelLoops {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;

  private ChannelLoops() {}

  /** Sums x, to {@code sums}. */
  static void sum(float[] x, int at, int step, int count, float[] sums, int to) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int k = 0; k < count; k++) {
      sum = sum.add(FloatVector.fromArray(SPECIES, x, at + k * step));
    }
    sum.intoArray(sums, to);
  }

  /** Sums x − shift, to {@code sums}, and its square, {@code squares} numbers behind. */
  static void moments(
      float[] x,
      int at,
      int step,
      int count,
      float[] shift,
      int channel,
      float[] sums,
      int to,
      int squares) {
    FloatVector from = FloatVector.fromArray(SPECIES, shift, channel);
    FloatVector sum = FloatVector.zero(SPECIES);
    FloatVector square = FloatVector.zero(SPECIES);
    for (int k = 0; k < count; k++) {
      FloatVector distance = FloatVector.fromArray(SPECIES, x, at + k * step).sub(from);
      sum = sum.add(distance);
      square = distance.fma(distance, square);
    }
    sum.intoArray(sums, to);
    square.intoArray(sums, to + squares);
  }

  /** Makes (x − mean) · factor + shift of x, and 0 of what is less, if it rectifies. */
  static void normalize(
      float[] x,
      int at,
      int step,
      int count,
      float[] mean,
      float[] factor,
      float[] shift,
      int channel,
      boolean rectify) {
    FloatVector m = FloatVector.fromArray(SPECIES, mean, channel);
    FloatVector f = FloatVector.fromArray(SPECIES, factor, channel);
    FloatVector s = FloatVector.fromArray(SPECIES, shift, channel);
    FloatVector zero = FloatVector.zero(SPECIES);
    if (rectify) {
      for (int k = 0; k < count; k++) {
        int index = at + k * step;
        FloatVector.fromArray(SPECIES, x, index).sub(m).fma(f, s).max(zero).intoArray(x, index);
      }
    } else {
      for (int k = 0; k < count; k++) {
        int index = at + k * step;
        FloatVector.fromArray(SPECIES, x, index).sub(m).fma(f, s).intoArray(x, index);
      }
    }
  }

  /**
   * Sums a gradient, to {@code sums}, and the gradient times (x − mean), {@code products} numbers
   * behind.
   */
  static void products(
      float[] gradient,
      float[] x,
      int at,
      int step,
      int count,
      float[] mean,
      int channel,
      float[] sums,
      int to,
      int products) {
    FloatVector m = FloatVector.fromArray(SPECIES, mean, channel);
    FloatVector sum = FloatVector.zero(SPECIES);
    FloatVector product = FloatVector.zero(SPECIES);
    for (int k = 0; k < count; k++) {
      int index = at + k * step;
      FloatVector g = FloatVector.fromArray(SPECIES, gradient, index);
      sum = sum.add(g);
      product = FloatVector.fromArray(SPECIES, x, index).sub(m).fma(g, product);
    }
    sum.intoArray(sums, to);
    product.intoArray(sums, to + products);
  }

  /**
   * The same, without the gradient of what {@link #normalize} made 0, with this factor and shift.
   */
  static void rectifiedProducts(
      float[] gradient,
      float[] x,
      int at,
      int step,
      int count,
      float[] mean,
      float[] factor,
      float[] shift,
      int channel,
      float[] sums,
      int to,
      int products) {
    FloatVector m = FloatVector.fromArray(SPECIES, mean, channel);
    FloatVector f = FloatVector.fromArray(SPECIES, factor, channel);
    FloatVector s = FloatVector.fromArray(SPECIES, shift, channel);
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector sum = zero;
    FloatVector product = zero;
    for (int k = 0; k < count; k++) {
      int index = at + k * step;
      FloatVector distance = FloatVector.fromArray(SPECIES, x, index).sub(m);
      FloatVector g = FloatVector.fromArray(SPECIES, gradient, index);
      g = zero.blend(g, distance.fma(f, s).compare(VectorOperators.GT, zero));
      sum = sum.add(g);
      product = distance.fma(g, product);
    }
    sum.intoArray(sums, to);
    product.intoArray(sums, to + products);
  }

  /** Makes gradient · factor + (x − mean) · slope + offset of a gradient. */
  static void back(
      float[] gradient,
      float[] x,
      int at,
      int step,
      int count,
      float[] mean,
      float[] factor,
      float[] slope,
      float[] offset,
      int channel) {
    FloatVector m = FloatVector.fromArray(SPECIES, mean, channel);
    FloatVector f = FloatVector.fromArray(SPECIES, factor, channel);
    FloatVector p = FloatVector.fromArray(SPECIES, slope, channel);
    FloatVector o = FloatVector.fromArray(SPECIES, offset, channel);
    for (int k = 0; k < count; k++) {
      int index = at + k * step;
      FloatVector g = FloatVector.fromArray(SPECIES, gradient, index).fma(f, o);
      FloatVector.fromArray(SPECIES, x, index).sub(m).fma(p, g).intoArray(gradient, index);
    }
  }

  /**
   * The same, without the gradient of what {@link #normalize} made 0, with this factor and shift.
   */
  static void rectifiedBack(
      float[] gradient,
      float[] x,
      int at,
      int step,
      int count,
      float[] mean,
      float[] factor,
      float[] shift,
      float[] slope,
      float[] offset,
      int channel) {
    FloatVector m = FloatVector.fromArray(SPECIES, mean, channel);
    FloatVector f = FloatVector.fromArray(SPECIES, factor, channel);
    FloatVector s = FloatVector.fromArray(SPECIES, shift, channel);
    FloatVector p = FloatVector.fromArray(SPECIES, slope, channel);
    FloatVector o = FloatVector.fromArray(SPECIES, offset, channel);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int k = 0; k < count; k++) {
      int index = at + k * step;
      FloatVector distance = FloatVector.fromArray(SPECIES, x, index).sub(m);
      FloatVector g = FloatVector.fromArray(SPECIES, gradient, index);
      g = zero.blend(g, distance.fma(f, s).compare(VectorOperators.GT, zero));
      distance.fma(p, g.fma(f, o)).intoArray(gradient, index);
    }
  }
}
