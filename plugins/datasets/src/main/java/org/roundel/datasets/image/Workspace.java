package org.roundel.datasets.image;

/**
 * The arrays that images are decoded into and resampled in, one image after another. For one thread
 * at a time; what was made in it is valid until it is used again.
 */
public final class Workspace {
  /** Longer ones are made anew, so that one huge image does not take memory for ever. */
  private static final int LONGEST_KEPT = 1 << 22;

  private byte[] samples = {};
  private float[] narrowed = {};
  private float[] pixels = {};

  /** Returns an array of at least this length, with anything in it. */
  byte[] samples(int length) {
    if (length > LONGEST_KEPT) {
      return new byte[length];
    }
    if (samples.length < length) {
      samples = new byte[length];
    }
    return samples;
  }

  /** Returns an array of at least this length, with anything in it. */
  float[] narrowed(int length) {
    if (length > LONGEST_KEPT) {
      return new float[length];
    }
    if (narrowed.length < length) {
      narrowed = new float[length];
    }
    return narrowed;
  }

  /** Returns an array of exactly this length, with anything in it. */
  float[] pixels(int length) {
    if (pixels.length != length) {
      pixels = new float[length];
    }
    return pixels;
  }
}
