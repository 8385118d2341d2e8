package org.roundel.page.run;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A run that somebody looks at; asked by several threads. */
public interface WatchedRun {
  /** Returns the run's directory; null as long as it has none. */
  @Nullable Path directory();

  /** Returns where the run stands. */
  Progress progress();

  /** Returns the updates of the running epoch; null if another process makes them. */
  default @Nullable EpochCurve curve() {
    return null;
  }
}
