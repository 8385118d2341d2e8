package org.roundel.winograd;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.nio.FloatBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The product of one row of numbers and {@link SignedRows}: numbers whose signs are turned by an
 * exclusive or are added up. The result does not depend on the number of threads.
 */
public final class SignedRowsPass {
  private static final VectorSpecies<Float> FLOATS = Lanes.SPECIES;
  private static final VectorSpecies<Integer> INTS =
      Lanes.COUNT == 16 ? IntVector.SPECIES_512 : IntVector.SPECIES_256;
  private static final int LANES = Lanes.COUNT;
  private static final int ROWS = SignedRows.ROWS;

  /** Groups of rows that a thread takes at a time. */
  private static final int TAKEN = 16;

  private final SignedRows rows;
  private final Finish finish;
  private final Workspace workspace;
  private final float[] numbers;
  private final float[][] sums;
  private final float[] results;
  private final Team.Task multiply = this::multiply;
  private final AtomicInteger next = new AtomicInteger();

  /** Plans a pass. */
  public SignedRowsPass(SignedRows rows, Finish finish, Workspace workspace) {
    this.rows = rows;
    this.finish = finish;
    this.workspace = workspace;
    this.numbers = new float[rows.pieces() * Integer.SIZE * LANES];
    this.sums = new float[workspace.threads()][ROWS * LANES];
    this.results = new float[rows.sizes().length];
  }

  private int groups() {
    return (results.length + ROWS - 1) / ROWS;
  }

  /**
   * Runs it.
   *
   * @param source [columns], read
   * @param added [rows], read if the finish adds
   * @param target [rows], written
   */
  public void run(FloatBuffer source, FloatBuffer added, FloatBuffer target) {
    source.get(0, numbers, 0, rows.columns());
    next.set(0);
    int parts = (groups() + TAKEN - 1) / TAKEN;
    workspace.team().run(Math.min(workspace.threads(), parts), multiply);
    for (int row = 0; row < results.length; row++) {
      float result = results[row] * rows.sizes()[row] + finish.bias()[row];
      if (finish.adds()) {
        result += added.get(row);
      }
      target.put(row, result < finish.least() ? finish.least() : result);
    }
  }

  private void multiply(int thread) {
    float[] lanes = sums[thread];
    int stride = rows.pieces() * ROWS * LANES;
    for (int first = next.getAndAdd(TAKEN); first < groups(); first = next.getAndAdd(TAKEN)) {
      for (int group = first; group < Math.min(groups(), first + TAKEN); group++) {
        four(rows.words(), group * stride, numbers, rows.pieces(), lanes);
        for (int row = group * ROWS; row < Math.min(results.length, (group + 1) * ROWS); row++) {
          float sum = 0;
          for (int lane = 0; lane < LANES; lane++) {
            sum += lanes[row % ROWS * LANES + lane];
          }
          results[row] = sum;
        }
      }
    }
  }

  /** Adds up the numbers of each lane for four rows. */
  private static void four(int[] words, int at, float[] numbers, int pieces, float[] sums) {
    IntVector sign = IntVector.broadcast(INTS, Integer.MIN_VALUE);
    FloatVector sum0 = FloatVector.zero(FLOATS);
    FloatVector sum1 = FloatVector.zero(FLOATS);
    FloatVector sum2 = FloatVector.zero(FLOATS);
    FloatVector sum3 = FloatVector.zero(FLOATS);
    for (int piece = 0; piece < pieces; piece++) {
      int word = at + piece * ROWS * LANES;
      IntVector word0 = IntVector.fromArray(INTS, words, word);
      IntVector word1 = IntVector.fromArray(INTS, words, word + LANES);
      IntVector word2 = IntVector.fromArray(INTS, words, word + 2 * LANES);
      IntVector word3 = IntVector.fromArray(INTS, words, word + 3 * LANES);
      for (int bit = 0; bit < Integer.SIZE; bit++) {
        IntVector x =
            FloatVector.fromArray(FLOATS, numbers, (piece * Integer.SIZE + bit) * LANES)
                .reinterpretAsInts();
        sum0 = sum0.add(word0.and(sign).lanewise(XOR, x).reinterpretAsFloats());
        sum1 = sum1.add(word1.and(sign).lanewise(XOR, x).reinterpretAsFloats());
        sum2 = sum2.add(word2.and(sign).lanewise(XOR, x).reinterpretAsFloats());
        sum3 = sum3.add(word3.and(sign).lanewise(XOR, x).reinterpretAsFloats());
        word0 = word0.lanewise(LSHL, 1);
        word1 = word1.lanewise(LSHL, 1);
        word2 = word2.lanewise(LSHL, 1);
        word3 = word3.lanewise(LSHL, 1);
      }
    }
    sum0.intoArray(sums, 0);
    sum1.intoArray(sums, LANES);
    sum2.intoArray(sums, 2 * LANES);
    sum3.intoArray(sums, 3 * LANES);
  }
}
