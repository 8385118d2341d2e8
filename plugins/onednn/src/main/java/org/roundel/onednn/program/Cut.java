package org.roundel.onednn.program;

/**
 * How a step's work is cut among threads.
 *
 * @param batch how many images are cut in parts; 0 where they are not
 * @param parts in how many parts, each computed by one thread; 0 for a primitive that OpenMP's
 *     threads share
 */
public record Cut(long batch, int parts) {
  /** OpenMP's threads share the work by themselves. */
  public static final Cut WHOLE = new Cut(0, 0);

  /** One thread does it all. */
  static final Cut ALONE = new Cut(0, 1);

  /** Parts may be so much larger than they would be on average. */
  private static final double MOST_UNEVEN = 1.25;

  /** Returns the cut for a batch among threads, which is none where some had much less to do. */
  static Cut among(int threads, long batch) {
    long largest = (batch + threads - 1) / threads;
    return threads == 1 || largest * threads > MOST_UNEVEN * batch
        ? WHOLE
        : new Cut(batch, threads);
  }

  /** Returns the first image of a part. */
  long first(int part) {
    return batch * part / parts;
  }
}
