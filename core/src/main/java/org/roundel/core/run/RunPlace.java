package org.roundel.core.run;

import java.nio.file.Path;
import java.util.function.Supplier;

/** Where a new run is to be recorded; nothing is made before {@link #create}. */
public final class RunPlace {
  private final Path planned;
  private final Supplier<Path> directory;

  private RunPlace(Path planned, Supplier<Path> directory) {
    this.planned = planned;
    this.directory = directory;
  }

  /** Returns the directory that the user named. */
  public static RunPlace at(Path directory) {
    return new RunPlace(directory, () -> directory);
  }

  /** Returns the directory of an {@link UnstartedRun}, which is emptied no earlier than needed. */
  public static RunPlace restarted(Path directory) {
    return new RunPlace(
        directory,
        () -> {
          UnstartedRun.discard(directory);
          return directory;
        });
  }

  /** Returns one of a name that the program chose; it will be a directory of its own. */
  public static RunPlace fresh(Path parent, String name) {
    return new RunPlace(parent.resolve(name), () -> FreshDirectory.make(parent, name));
  }

  /**
   * Checks that the directory could be made now, and makes nothing.
   *
   * @return the directory, or one of a name like it
   * @throws org.roundel.core.RoundelException as {@link #create} would
   */
  public Path check() {
    RunDirectory.requireNew(planned);
    return planned;
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
