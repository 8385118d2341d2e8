package org.roundel.core.training;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.run.RunPlace;

/**
 * A run to be started.
 *
 * @param configuration what to do
 * @param repeats the {@code manifest.json} of an earlier run that this one repeats, with whatever
 *     was changed in the course of it; null for none
 * @param place where it is recorded
 */
public record NewRun(RunConfiguration configuration, @Nullable Path repeats, RunPlace place) {
  /** Returns a run in a directory that the user named. */
  public static NewRun in(Path directory, RunConfiguration configuration) {
    return new NewRun(configuration, null, RunPlace.at(directory));
  }
}
