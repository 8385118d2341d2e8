package org.roundel.winograd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Matrix products in registers: {@link Lanes#ROWS} rows by {@link Lanes#PANEL} columns.
 *
 * <p>The shape of these loops is measured: with more accumulators, bodies that are unrolled
 * further, or strides that are no constants, the JVM's compiler runs out of registers and the loops
 * run at half the speed.
 */
final class Multiply {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = Lanes.COUNT;
  private static final int PANEL = Lanes.PANEL;

  private Multiply() {}

  /**
   * Computes a panel's rows: the sums over channels of left · right.
   *
   * @param left [channels / LANES, rows, LANES], from the first row on
   * @param block numbers from one block of channels to the next
   * @param right [channels, PANEL]
   * @param product [ROWS, PANEL], written
   */
  static void product(
      float[] left,
      int leftAt,
      int block,
      float[] right,
      int rightAt,
      float[] product,
      int productAt,
      int channels) {
    if (Lanes.ROWS == WideMultiply.ROWS) {
      WideMultiply.product(left, leftAt, block, right, rightAt, product, productAt, channels);
      return;
    }
    FloatVector sum00 = FloatVector.zero(SPECIES);
    FloatVector sum01 = FloatVector.zero(SPECIES);
    FloatVector sum10 = FloatVector.zero(SPECIES);
    FloatVector sum11 = FloatVector.zero(SPECIES);
    FloatVector sum20 = FloatVector.zero(SPECIES);
    FloatVector sum21 = FloatVector.zero(SPECIES);
    FloatVector sum30 = FloatVector.zero(SPECIES);
    FloatVector sum31 = FloatVector.zero(SPECIES);
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
  }

  /**
   * Adds to a panel's rows the sums over tiles of left · right.
   *
   * @param left [tiles, LANES], from the first of ROWS columns on
   * @param right [tiles, PANEL]
   * @param sum [ROWS, PANEL], added to
   */
  static void accumulate(
      float[] left, int leftAt, float[] right, int rightAt, float[] sum, int sumAt, int tiles) {
    if (Lanes.ROWS == WideMultiply.ROWS) {
      WideMultiply.accumulate(left, leftAt, right, rightAt, sum, sumAt, tiles);
      return;
    }
    FloatVector sum00 = FloatVector.fromArray(SPECIES, sum, sumAt);
    FloatVector sum01 = FloatVector.fromArray(SPECIES, sum, sumAt + LANES);
    FloatVector sum10 = FloatVector.fromArray(SPECIES, sum, sumAt + PANEL);
    FloatVector sum11 = FloatVector.fromArray(SPECIES, sum, sumAt + PANEL + LANES);
    FloatVector sum20 = FloatVector.fromArray(SPECIES, sum, sumAt + 2 * PANEL);
    FloatVector sum21 = FloatVector.fromArray(SPECIES, sum, sumAt + 2 * PANEL + LANES);
    FloatVector sum30 = FloatVector.fromArray(SPECIES, sum, sumAt + 3 * PANEL);
    FloatVector sum31 = FloatVector.fromArray(SPECIES, sum, sumAt + 3 * PANEL + LANES);
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
    }
    sum00.intoArray(sum, sumAt);
    sum01.intoArray(sum, sumAt + LANES);
    sum10.intoArray(sum, sumAt + PANEL);
    sum11.intoArray(sum, sumAt + PANEL + LANES);
    sum20.intoArray(sum, sumAt + 2 * PANEL);
    sum21.intoArray(sum, sumAt + 2 * PANEL + LANES);
    sum30.intoArray(sum, sumAt + 3 * PANEL);
    sum31.intoArray(sum, sumAt + 3 * PANEL + LANES);
  }
}
