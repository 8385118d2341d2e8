package org.roundel.onednn.net;

/**
 * Where a tensor lies in the net's flat arrays of values and of gradients.
 *
 * @param offset the position of its first number
 * @param length how many numbers it has
 */
public record Slice(long offset, long length) {
  /** Checks the numbers. */
  public Slice {
    if (offset < 0 || length < 1) {
      throw new IllegalArgumentException("slice at " + offset + " of length " + length);
    }
  }
}
