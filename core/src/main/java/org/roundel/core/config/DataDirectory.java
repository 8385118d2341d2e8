package org.roundel.core.config;

import java.nio.file.Path;
import java.util.Objects;

/** Where a dataset's files are. */
public final class DataDirectory {
  private DataDirectory() {}

  /** Returns the directory that a run's configuration gives, else the dataset's usual one. */
  public static Path of(RunConfiguration configuration) {
    String given = configuration.get(RunSettings.DATA_DIRECTORY);
    return given.isEmpty() ? usual(configuration.get(RunSettings.DATASET)) : Path.of(given);
  }

  /**
   * Returns {@code .roundel/data/NAME} in the user's home directory, and in the working directory
   * where the user has none.
   */
  public static Path usual(String dataset) {
    return Path.of(home(), ".roundel", "data", dataset).toAbsolutePath();
  }

  /** Java says "?" where the system does not know the user, as in containers. */
  private static String home() {
    String home = System.getProperty("user.home", "?");
    return home.equals("?") ? Objects.requireNonNullElse(System.getenv("HOME"), "") : home;
  }
}
