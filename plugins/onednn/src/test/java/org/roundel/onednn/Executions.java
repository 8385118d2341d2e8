package org.roundel.onednn;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.net.ConvolutionMethod;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.net.Wishes;
import org.roundel.winograd.Team;

/** What tests run nets by: oneDNN's kernels, and for kernels in Java the caller alone. */
public final class Executions {
  private Executions() {}

  /** As much memory as there is. */
  public static Execution of(@Nullable Layout layout) {
    return of(new Wishes(layout, ConvolutionMethod.DIRECT), () -> Long.MAX_VALUE);
  }

  static Execution of(Wishes wishes, LongSupplier allowed) {
    return new Execution(wishes, new Alone(), allowed);
  }

  private static final class Alone implements Team {
    @Override
    public int size() {
      return 1;
    }

    @Override
    public void run(int parts, Task task) {
      for (int part = 0; part < parts; part++) {
        task.run(part);
      }
    }
  }
}
