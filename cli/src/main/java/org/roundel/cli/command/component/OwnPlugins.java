package org.roundel.cli.command.component;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.roundel.core.plugin.PluginDescriptor;

/** Tells the plugins that Roundel came with from those that its user added. */
final class OwnPlugins {
  private static final OwnPlugins UNKNOWN = new OwnPlugins(null, Set.of());

  private final @Nullable Path directory;
  private final Set<String> names;

  private OwnPlugins(@Nullable Path directory, Set<String> names) {
    this.directory = directory;
    this.names = names;
  }

  /**
   * Reads which ones they are from the list that the build writes. Where there is none, as where no
   * distribution was built, none counts as added.
   *
   * @param home where the program is installed, or null
   */
  static OwnPlugins of(@Nullable Path home) {
    if (home == null) {
      return UNKNOWN;
    }
    try {
      Set<String> names = new HashSet<>(Files.readAllLines(home.resolve("lib/plugins.txt")));
      return new OwnPlugins(home.resolve("plugins").toRealPath(), names);
    } catch (IOException none) {
      return UNKNOWN;
    }
  }

  /** Returns whether somebody added a plugin. */
  boolean isAdded(PluginDescriptor plugin) {
    if (directory == null) {
      return false;
    }
    Path location = plugin.location().toAbsolutePath().normalize();
    return !names.contains(String.valueOf(location.getFileName())) || !isIn(location.getParent());
  }

  private boolean isIn(@Nullable Path parent) {
    try {
      return parent != null && parent.toRealPath().equals(directory);
    } catch (IOException gone) {
      return false;
    }
  }
}
