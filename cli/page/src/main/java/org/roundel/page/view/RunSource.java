package org.roundel.page.view;

import org.jspecify.annotations.Nullable;
import org.roundel.page.run.WatchedRun;

/** Finds the run that a viewer asks for. */
@FunctionalInterface
interface RunSource {
  /**
   * Returns a run.
   *
   * @param name as the request has it; null if it names none
   * @return null if there is no such run
   */
  @Nullable WatchedRun find(@Nullable String name);
}
