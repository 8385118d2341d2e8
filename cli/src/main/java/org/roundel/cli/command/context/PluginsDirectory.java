package org.roundel.cli.command.context;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import picocli.CommandLine.Option;

/** Where plugins are. */
public final class PluginsDirectory {
  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      order = 900,
      description = "where plugins are (default: the program's plugins/)")
  private @Nullable Path plugins;

  /** Returns what was given, if anything was. */
  @Nullable Path given() {
    return plugins;
  }

  /** Returns what was given, or the program's own. */
  public Path path(CommandContext context) {
    if (plugins != null) {
      return plugins;
    }
    if (context.home() == null) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "nobody said where the plugins are; start the program with bin/roundel, or give"
              + " --plugins DIR");
    }
    return context.home().resolve("plugins");
  }
}
