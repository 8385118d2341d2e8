package org.roundel.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.net.ConvolutionMethod;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.net.Wishes;
import org.roundel.winograd.Team;

/** What tests run nets by: oneDNN's kernels, and for kernels in Java the caller alone. */
public final class Executions {
  private Executions() {}

  /** By oneDNN alone, with as much memory as there is. */
  public static Execution direct(@Nullable Layout layout) {
    return of(new Wishes(layout, ConvolutionMethod.DIRECT));
  }

  /** As much memory as there is. */
  static Execution of(Wishes wishes) {
    return of(wishes, () -> Long.MAX_VALUE);
  }

  /** Each layout by oneDNN alone, and what the rule chooses. */
  static List<Wishes> directAndChosen() {
    List<Wishes> all = new ArrayList<>();
    for (Layout layout : Layout.values()) {
      all.add(new Wishes(layout, ConvolutionMethod.DIRECT));
    }
    all.add(new Wishes(null, ConvolutionMethod.AUTO));
    return all;
  }

  /** All ways to compute a net. */
  static List<Wishes> allWishes() {
    List<Wishes> all = new ArrayList<>();
    for (ConvolutionMethod method : ConvolutionMethod.values()) {
      all.add(new Wishes(null, method));
      for (Layout layout : Layout.values()) {
        all.add(new Wishes(layout, method));
      }
    }
    return all;
  }

  static Execution of(Wishes wishes, LongSupplier allowed) {
    return new Execution(wishes, new OneByOne(1), null, allowed);
  }

  /** For kernels in Java with the work of so many threads, done one after the other. */
  static Execution of(Wishes wishes, int threads) {
    return new Execution(wishes, new OneByOne(threads), null, () -> Long.MAX_VALUE);
  }

  /** By so many threads at a time, which run oneDNN's kernels, too. */
  static Execution ofOneTeam(Wishes wishes, int threads) {
    return new Execution(
        wishes, new FreshThreads(threads), new CountedThreads(), () -> Long.MAX_VALUE);
  }

  /** Does all parts on the calling thread, in order. */
  record OneByOne(int size) implements Team {

    @Override
    public void run(int parts, Task task) {
      for (int part = 0; part < parts; part++) {
        task.run(part);
      }
    }
  }
}
