package org.roundel.winograd;

import java.nio.FloatBuffer;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Rows of weights of which each has one size, +s or −s, as a bit each. Immutable.
 *
 * <p>Four rows lie together, in pieces of 32 vectors of columns: lane l of a row's word has, from
 * its highest bit down, the signs of column l of each of the 32 vectors.
 */
public final class SignedRows {
  /** Rows that are multiplied at a time. */
  static final int ROWS = 4;

  private static final int BITS = Integer.SIZE;
  private static final int LANES = Lanes.COUNT;

  private final int columns;
  private final int[] words;
  private final float[] sizes;

  private SignedRows(int columns, int rows) {
    this.columns = columns;
    this.words = new int[(rows + ROWS - 1) / ROWS * ROWS * pieces() * LANES];
    this.sizes = new float[rows];
  }

  /**
   * Returns rows of weights, null if one has weights of several sizes, or of none.
   *
   * @param weights [rows, columns], read here only
   * @param place where the number that a column is multiplied with lies
   */
  public static @Nullable SignedRows of(FloatBuffer weights, int columns, IntUnaryOperator place) {
    SignedRows signed = new SignedRows(columns, weights.capacity() / columns);
    float[] row = new float[columns];
    for (int index = 0; index < signed.sizes.length; index++) {
      weights.get(index * columns, row);
      float size = Math.abs(row[0]);
      signed.sizes[index] = size;
      for (int column = 0; column < columns; column++) {
        if (size == 0 || Math.abs(row[column]) != size) {
          return null;
        }
        if (row[column] < 0) {
          signed.setNegative(index, place.applyAsInt(column));
        }
      }
    }
    return signed;
  }

  private void setNegative(int row, int column) {
    int vector = column / LANES;
    int word = (row / ROWS * pieces() + vector / BITS) * ROWS + row % ROWS;
    words[word * LANES + column % LANES] |= Integer.MIN_VALUE >>> vector % BITS;
  }

  int columns() {
    return columns;
  }

  /** Returns how many pieces of 32 vectors the columns have room in. */
  int pieces() {
    return (columns + BITS * LANES - 1) / (BITS * LANES);
  }

  int[] words() {
    return words;
  }

  float[] sizes() {
    return sizes;
  }
}
