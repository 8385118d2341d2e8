package org.roundel.api;

/**
 * Passes over the elements of large arrays, in chunks on several threads, with the same results for
 * any number of threads.
 *
 * <pre>{@code
 * FloatBuffer values = Tensors.floats(weights);
 * Chunks.run(values.capacity(), chunk -> {
 *   float[] scratch = chunk.load(0, values);
 *   for (int index = 0; index < chunk.length(); index++) {
 *     scratch[index] *= 0.5f;
 *   }
 *   chunk.store(scratch, values);
 * });
 * }</pre>
 *
 * <p>An array is cut into chunks of {@link #LENGTH} elements, however many threads there are. The
 * calling thread and a fixed set of daemon threads take them one by one; a short array stays on the
 * calling thread, and so does a pass that starts while another thread's pass is going on. So a pass
 * must compute each element from the same elements of the arrays it reads, and random numbers from
 * the element's number; then who computes which chunk, and when, makes no difference. For a sum
 * over all elements there is {@link #sum}.
 *
 * <p>When a call returns, all chunks are done and seen by the caller. If a chunk throws, the rest
 * is left out and the call throws it. A pass may not start another one. All methods may be called
 * from any thread.
 */
public final class Chunks {
  /** Elements in a chunk, but for the last one of an array; a multiple of 4. */
  public static final int LENGTH = 4096;

  /** Fewer chunks are done sooner than another thread has woken up. */
  private static final int LEAST_SHARED = 4;

  private static final ThreadLocal<Chunk> OWN = ThreadLocal.withInitial(Chunk::new);

  private Chunks() {}

  /** What is done with each chunk of an array. */
  @FunctionalInterface
  public interface Pass {
    /** Does one chunk; called from several threads at a time, with a chunk of their own each. */
    void run(Chunk chunk);
  }

  /** What is summed over each chunk of an array. */
  @FunctionalInterface
  public interface Part {
    /**
     * Returns one chunk's part of the sum; called from several threads at a time, with a chunk of
     * their own each.
     */
    double of(Chunk chunk);
  }

  /**
   * Runs a pass over arrays of one length.
   *
   * @param length elements in each array, at least 0
   */
  public static void run(int length, Pass pass) {
    Chunk own = own();
    own.use(true);
    try {
      int count = count(length);
      if (count < LEAST_SHARED || !own.share(pass, count, length)) {
        for (int index = 0; index < count; index++) {
          own.run(pass, index, length);
        }
      }
    } finally {
      own.use(false);
    }
  }

  /**
   * Returns a sum over arrays of one length: the chunks' parts, added in the order of the elements.
   *
   * @param length elements in each array, at least 0
   */
  public static double sum(int length, Part part) {
    int count = count(length);
    double[] parts = own().parts(count);
    run(length, chunk -> parts[chunk.index()] = part.of(chunk));
    double sum = 0;
    for (int index = 0; index < count; index++) {
      sum += parts[index];
    }
    return sum;
  }

  static Chunk own() {
    return OWN.get();
  }

  private static int count(int length) {
    return length / LENGTH + (length % LENGTH == 0 ? 0 : 1);
  }
}
