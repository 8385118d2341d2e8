package org.roundel.winograd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The products of {@link Multiply} by eight rows, for processors with vectors of 512 bits: those
 * have 32 registers, so that sixteen sums fit, and each row of the right side is read half as
 * often.
 */
final class WideMultiply {
  static final int ROWS = 8;

  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = Lanes.COUNT;
  private static final int PANEL = Lanes.PANEL;

  private WideMultiply() {}

  /** As {@link Multiply#product}. */
  static void product(
      float[] left,
      int leftAt,
      int block,
      float[] right,
      int rightAt,
      float[] product,
      int productAt,
      int channels) {
    FloatVector sum00 = FloatVector.zero(SPECIES);
    FloatVector sum01 = FloatVector.zero(SPECIES);
    FloatVector sum10 = FloatVector.zero(SPECIES);
    FloatVector sum11 = FloatVector.zero(SPECIES);
    FloatVector sum20 = FloatVector.zero(SPECIES);
    FloatVector sum21 = FloatVector.zero(SPECIES);
    FloatVector sum30 = FloatVector.zero(SPECIES);
    FloatVector sum31 = FloatVector.zero(SPECIES);
    FloatVector sum40 = FloatVector.zero(SPECIES);
    FloatVector sum41 = FloatVector.zero(SPECIES);
    FloatVector sum50 = FloatVector.zero(SPECIES);
    FloatVector sum51 = FloatVector.zero(SPECIES);
    FloatVector sum60 = FloatVector.zero(SPECIES);
    FloatVector sum61 = FloatVector.zero(SPECIES);
    FloatVector sum70 = FloatVector.zero(SPECIES);
    FloatVector sum71 = FloatVector.zero(SPECIES);
    int b = rightAt;
    int a = leftAt;
    for (int channel = 0; channel < channels; channel += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        FloatVector low = FloatVector.fromArray(SPECIES, right, b + lane * PANEL);
        FloatVector high = FloatVector.fromArray(SPECIES, right, b + lane * PANEL + LANES);
        FloatVector row = FloatVector.broadcast(SPECIES, left[a + lane]);
        sum00 = row.fma(low, sum00);
        sum01 = row.fma(high, sum01);
        row = FloatVector.broadcast(SPECIES, left[a + lane + LANES]);
        sum10 = row.fma(low, sum10);
        sum11 = row.fma(high, sum11);
        row = FloatVector.broadcast(SPECIES, left[a + lane + 2 * LANES]);
        sum20 = row.fma(low, sum20);
        sum21 = row.fma(high, sum21);
        row = FloatVector.broadcast(SPECIES, left[a + lane + 3 * LANES]);
        sum30 = row.fma(low, sum30);
        sum31 = row.fma(high, sum31);
        row = FloatVector.broadcast(SPECIES, left[a + lane + 4 * LANES]);
        sum40 = row.fma(low, sum40);
        sum41 = row.fma(high, sum41);
        row = FloatVector.broadcast(SPECIES, left[a + lane + 5 * LANES]);
        sum50 = row.fma(low, sum50);
        sum51 = row.fma(high, sum51);
        row = FloatVector.broadcast(SPECIES, left[a + lane + 6 * LANES]);
        sum60 = row.fma(low, sum60);
        sum61 = row.fma(high, sum61);
        row = FloatVector.broadcast(SPECIES, left[a + lane + 7 * LANES]);
        sum70 = row.fma(low, sum70);
        sum71 = row.fma(high, sum71);
      }
      a += block;
      b += LANES * PANEL;
    }
    sum00.intoArray(product, productAt);
    sum01.intoArray(product, productAt + LANES);
    sum10.intoArray(product, productAt + PANEL);
    sum11.intoArray(product, productAt + PANEL + LANES);
    sum20.intoArray(product, productAt + 2 * PANEL);
    sum21.intoArray(product, productAt + 2 * PANEL + LANES);
    sum30.intoArray(product, productAt + 3 * PANEL);
    sum31.intoArray(product, productAt + 3 * PANEL + LANES);
    sum40.intoArray(product, productAt + 4 * PANEL);
    sum41.intoArray(product, productAt + 4 * PANEL + LANES);
    sum50.intoArray(product, productAt + 5 * PANEL);
    sum51.intoArray(product, productAt + 5 * PANEL + LANES);
    sum60.intoArray(product, productAt + 6 * PANEL);
    sum61.intoArray(product, productAt + 6 * PANEL + LANES);
    sum70.intoArray(product, productAt + 7 * PANEL);
    sum71.intoArray(product, productAt + 7 * PANEL + LANES);
  }

  /** As {@link Multiply#accumulate}. */
  static void accumulate(
      float[] left, int leftAt, float[] right, int rightAt, float[] sum, int sumAt, int tiles) {
    FloatVector sum00 = FloatVector.fromArray(SPECIES, sum, sumAt);
    FloatVector sum01 = FloatVector.fromArray(SPECIES, sum, sumAt + LANES);
    FloatVector sum10 = FloatVector.fromArray(SPECIES, sum, sumAt + PANEL);
    FloatVector sum11 = FloatVector.fromArray(SPECIES, sum, sumAt + PANEL + LANES);
    FloatVector sum20 = FloatVector.fromArray(SPECIES, sum, sumAt + 2 * PANEL);
    FloatVector sum21 = FloatVector.fromArray(SPECIES, sum, sumAt + 2 * PANEL + LANES);
    FloatVector sum30 = FloatVector.fromArray(SPECIES, sum, sumAt + 3 * PANEL);
    FloatVector sum31 = FloatVector.fromArray(SPECIES, sum, sumAt + 3 * PANEL + LANES);
    FloatVector sum40 = FloatVector.fromArray(SPECIES, sum, sumAt + 4 * PANEL);
    FloatVector sum41 = FloatVector.fromArray(SPECIES, sum, sumAt + 4 * PANEL + LANES);
    FloatVector sum50 = FloatVector.fromArray(SPECIES, sum, sumAt + 5 * PANEL);
    FloatVector sum51 = FloatVector.fromArray(SPECIES, sum, sumAt + 5 * PANEL + LANES);
    FloatVector sum60 = FloatVector.fromArray(SPECIES, sum, sumAt + 6 * PANEL);
    FloatVector sum61 = FloatVector.fromArray(SPECIES, sum, sumAt + 6 * PANEL + LANES);
    FloatVector sum70 = FloatVector.fromArray(SPECIES, sum, sumAt + 7 * PANEL);
    FloatVector sum71 = FloatVector.fromArray(SPECIES, sum, sumAt + 7 * PANEL + LANES);
    for (int tile = 0; tile < tiles; tile++) {
      int a = leftAt + tile * LANES;
      FloatVector low = FloatVector.fromArray(SPECIES, right, rightAt + tile * PANEL);
      FloatVector high = FloatVector.fromArray(SPECIES, right, rightAt + tile * PANEL + LANES);
      FloatVector row = FloatVector.broadcast(SPECIES, left[a]);
      sum00 = row.fma(low, sum00);
      sum01 = row.fma(high, sum01);
      row = FloatVector.broadcast(SPECIES, left[a + 1]);
      sum10 = row.fma(low, sum10);
      sum11 = row.fma(high, sum11);
      row = FloatVector.broadcast(SPECIES, left[a + 2]);
      sum20 = row.fma(low, sum20);
      sum21 = row.fma(high, sum21);
      row = FloatVector.broadcast(SPECIES, left[a + 3]);
      sum30 = row.fma(low, sum30);
      sum31 = row.fma(high, sum31);
      row = FloatVector.broadcast(SPECIES, left[a + 4]);
      sum40 = row.fma(low, sum40);
      sum41 = row.fma(high, sum41);
      row = FloatVector.broadcast(SPECIES, left[a + 5]);
      sum50 = row.fma(low, sum50);
      sum51 = row.fma(high, sum51);
      row = FloatVector.broadcast(SPECIES, left[a + 6]);
      sum60 = row.fma(low, sum60);
      sum61 = row.fma(high, sum61);
      row = FloatVector.broadcast(SPECIES, left[a + 7]);
      sum70 = row.fma(low, sum70);
      sum71 = row.fma(high, sum71);
    }
    sum00.intoArray(sum, sumAt);
    sum01.intoArray(sum, sumAt + LANES);
    sum10.intoArray(sum, sumAt + PANEL);
    sum11.intoArray(sum, sumAt + PANEL + LANES);
    sum20.intoArray(sum, sumAt + 2 * PANEL);
    sum21.intoArray(sum, sumAt + 2 * PANEL + LANES);
    sum30.intoArray(sum, sumAt + 3 * PANEL);
    sum31.intoArray(sum, sumAt + 3 * PANEL + LANES);
    sum40.intoArray(sum, sumAt + 4 * PANEL);
    sum41.intoArray(sum, sumAt + 4 * PANEL + LANES);
    sum50.intoArray(sum, sumAt + 5 * PANEL);
    sum51.intoArray(sum, sumAt + 5 * PANEL + LANES);
    sum60.intoArray(sum, sumAt + 6 * PANEL);
    sum61.intoArray(sum, sumAt + 6 * PANEL + LANES);
    sum70.intoArray(sum, sumAt + 7 * PANEL);
    sum71.intoArray(sum, sumAt + 7 * PANEL + LANES);
  }
}
