package org.roundel.api;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.roundel.threads.PassThreads;

/**
 * A part of a pass over arrays, and scratch arrays to compute it in: what {@link Chunks} hands to a
 * {@link Chunks.Pass}.
 *
 * <p>A pass loads the chunk's elements into scratch arrays, computes there in plain loops, and
 * stores the results. The way through scratch arrays pays where the compiler can vectorise the
 * loop, which it does for {@code float[]} alone or {@code double[]} alone, and not for buffers
 * outside the Java heap. A loop that mixes types may as well use the buffers, from {@link #start}
 * on.
 *
 * <p>Scratch arrays are {@link Chunks#LENGTH} long, whatever the chunk's length. They belong to the
 * thread: between passes and between chunks they keep whatever was in them.
 */
public final class Chunk {
  private float[][] floats = new float[0][];
  private double[][] doubles = new double[0][];
  private int[] bits = new int[0];
  private double[] parts = new double[0];
  private int index;
  private int length;
  private boolean inUse;

  // Of the pass that this thread has started and shares with others.
  private Chunks.@Nullable Pass shared;
  private int sharedLength;
  private final PassThreads.Task part = this::runShared;

  Chunk() {}

  /** Returns the number of the chunk's first element; a multiple of {@link Chunks#LENGTH}. */
  public int start() {
    return index * Chunks.LENGTH;
  }

  /** Returns how many elements the chunk has, from 1 to {@link Chunks#LENGTH}. */
  public int length() {
    return length;
  }

  /**
   * Copies the chunk's elements of an array into a scratch array.
   *
   * @param slot which scratch array, from 0; another array for each array that is loaded
   * @param source the whole array, its element 0 at the buffer's index 0
   * @return the scratch array; its first {@link #length} elements are the chunk's
   */
  public float[] load(int slot, FloatBuffer source) {
    float[] values = floats(slot);
    source.get(start(), values, 0, length);
    return values;
  }

  /**
   * Copies the first {@link #length} elements of a scratch array to the chunk's place in an array.
   *
   * @param target the whole array, its element 0 at the buffer's index 0
   */
  public void store(float[] values, FloatBuffer target) {
    target.put(start(), values, 0, length);
  }

  /** Returns a scratch array of float32 numbers; the same one for the same slot, from 0. */
  public float[] floats(int slot) {
    if (slot >= floats.length) {
      int made = floats.length;
      floats = Arrays.copyOf(floats, slot + 1);
      for (int next = made; next <= slot; next++) {
        floats[next] = new float[Chunks.LENGTH];
      }
    }
    return floats[slot];
  }

  /** Returns a scratch array of double-precision numbers; the same one for the same slot. */
  public double[] doubles(int slot) {
    if (slot >= doubles.length) {
      int made = doubles.length;
      doubles = Arrays.copyOf(doubles, slot + 1);
      for (int next = made; next <= slot; next++) {
        doubles[next] = new double[Chunks.LENGTH];
      }
    }
    return doubles[slot];
  }

  /** Returns the scratch array for random bits. */
  public int[] bits() {
    if (bits.length == 0) {
      bits = new int[Chunks.LENGTH];
    }
    return bits;
  }

  /** Returns an array for one number of each chunk of a pass that this thread starts. */
  double[] parts(int chunks) {
    if (parts.length < chunks) {
      parts = new double[chunks];
    }
    return parts;
  }

  int index() {
    return index;
  }

  /** Runs a pass on one chunk of an array. */
  void run(Chunks.Pass pass, int chunkIndex, int arrayLength) {
    index = chunkIndex;
    length = Math.min(Chunks.LENGTH, arrayLength - start());
    pass.run(this);
  }

  /**
   * Runs a pass on all chunks, together with other threads.
   *
   * @return false, after doing nothing, if there are none or they are busy
   */
  boolean share(Chunks.Pass pass, int count, int arrayLength) {
    shared = pass;
    sharedLength = arrayLength;
    try {
      return PassThreads.run(count, part);
    } finally {
      shared = null;
    }
  }

  /** Runs the pass that this chunk's thread has started, on another thread or on that one. */
  private void runShared(int chunkIndex) {
    Chunks.Pass pass = Objects.requireNonNull(shared);
    Chunk own = Chunks.own();
    if (own == this) {
      run(pass, chunkIndex, sharedLength);
      return;
    }
    own.use(true);
    try {
      own.run(pass, chunkIndex, sharedLength);
    } finally {
      own.use(false);
    }
  }

  /** Marks the scratch arrays as used by a pass, or as free again. */
  void use(boolean now) {
    if (now && inUse) {
      throw new IllegalStateException(
          "a pass over arrays starts another one; run them one after the other");
    }
    inUse = now;
  }
}
