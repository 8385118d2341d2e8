package org.roundel.core.run;

import java.nio.file.Path;
import java.util.function.Supplier;

/** Where a new run is to be recorded; nothing is made before {@link #create}. */
public final class RunPlace {
  private final Supplier<Path> directory;

  private RunPlace(Supplier<Path> directory) {
    this.directory = directory;
  }

  /** Returns the directory that the user named. */
  public static RunPlace at(Path directory) {
    return new RunPlace(() -> directory);
  }

  /** Returns the directory of an {@link UnstartedRun}, which is emptied no earlier than needed. */
  public static RunPlace restarted(Path directory) {
    return new RunPlace(
        () -> {
          UnstartedRun.discard(directory);
          return directory;
        });
  }

  /** Returns one of a name that the program chose; it will be a directory of its own. */
  public static RunPlace fresh(Path parent, String name) {
    return new RunPlace(() -> FreshDirectory.make(parent, name));
  }

  /**
   * Makes the directory and locks it.
   *
   * @throws org.roundel.core.RoundelException as {@link RunDirectory#create} and {@link
   *     FreshDirectory#make} do
   */
  public RunDirectory create() {
    return RunDirectory.create(directory.get());
  }
}
