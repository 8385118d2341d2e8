package org.roundel.winograd;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arrays that passes work in, on the Java heap: all passes share them, so only one runs at a
 * time. Passes are made first, then {@link #allocate} is called, then they run.
 */
public final class Workspace {
  /** The arrays of one thread. */
  static final class Scratch {
    float[] band = new float[0];
    float[] half = band;
    float[] rows = band;
    float[] inputs = band;
    float[] outputs = band;
    float[] weights = band;

    private void grow(Sizes sizes) {
      band = grown(band, sizes.band);
      half = grown(half, sizes.half);
      rows = grown(rows, sizes.rows);
      inputs = grown(inputs, sizes.inputs);
      outputs = grown(outputs, sizes.outputs);
      weights = grown(weights, sizes.weights);
    }
  }

  /**
   * What a pass needs, in numbers.
   *
   * @param band rows of images
   * @param half what is transformed in one direction
   * @param rows the same of outputs
   * @param inputs transformed inputs of a block
   * @param outputs transformed outputs of a block
   * @param weights some weights
   * @param shared what all threads share
   */
  record Sizes(int band, int half, int rows, int inputs, int outputs, int weights, int shared) {
    private static final Sizes NONE = new Sizes(0, 0, 0, 0, 0, 0, 0);

    private Sizes and(Sizes other) {
      return new Sizes(
          Math.max(band, other.band),
          Math.max(half, other.half),
          Math.max(rows, other.rows),
          Math.max(inputs, other.inputs),
          Math.max(outputs, other.outputs),
          Math.max(weights, other.weights),
          Math.max(shared, other.shared));
    }

    private long perThread() {
      return (long) band + half + rows + inputs + outputs + weights;
    }
  }

  private final Team team;
  private final List<Scratch> scratches = new ArrayList<>();
  private Sizes needed = Sizes.NONE;
  private Sizes allocated = Sizes.NONE;
  private float[] shared = new float[0];

  /** Makes an empty one. */
  public Workspace(Team team) {
    this.team = team;
    for (int thread = 0; thread < team.size(); thread++) {
      scratches.add(new Scratch());
    }
  }

  void need(Sizes sizes) {
    needed = needed.and(sizes);
  }

  /** Returns how many bytes of heap all passes that were made need together. */
  long size() {
    return (needed.perThread() * scratches.size() + needed.shared) * Float.BYTES;
  }

  /**
   * Makes the arrays large enough for all passes that were made.
   *
   * @return null, or how many bytes of heap they need if the heap is too small: then the passes
   *     made since the last call cannot run and are forgotten
   */
  public @Nullable Long allocate() {
    if (needed.equals(allocated)) {
      return null;
    }
    try {
      shared = grown(shared, needed.shared);
      for (Scratch scratch : scratches) {
        scratch.grow(needed);
      }
      allocated = needed;
      return null;
    } catch (OutOfMemoryError full) {
      long size = size();
      needed = allocated;
      return size;
    }
  }

  private static float[] grown(float[] array, int size) {
    return array.length >= size ? array : new float[size];
  }

  /** Returns the threads that share passes. */
  public Team team() {
    return team;
  }

  int threads() {
    return scratches.size();
  }

  Scratch scratch(int thread) {
    return scratches.get(thread);
  }

  float[] shared() {
    return shared;
  }
}
