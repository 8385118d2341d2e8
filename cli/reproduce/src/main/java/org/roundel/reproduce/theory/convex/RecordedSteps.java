package org.roundel.reproduce.theory.convex;

import java.util.Arrays;

/** Which steps of a long run are recorded. */
public final class RecordedSteps {
  private RecordedSteps() {}

  /**
   * Returns steps that are evenly spaced on a logarithmic scale, from 1 to the last one, each once.
   *
   * @param last the last step, at least 1
   * @param most how many steps at most, at least 2
   */
  public static long[] logarithmic(long last, int most) {
    if (last < 1 || most < 2) {
      throw new IllegalArgumentException(last + ", " + most + "; allowed: >= 1, >= 2");
    }
    long[] steps = new long[most];
    int count = 0;
    for (int i = 0; i < most; i++) {
      long step = Math.round(StrictMath.exp(StrictMath.log((double) last) * i / (most - 1)));
      if (count == 0 || step > steps[count - 1]) {
        steps[count++] = Math.min(step, last);
      }
    }
    steps[count - 1] = last;
    return Arrays.copyOf(steps, count);
  }
}
