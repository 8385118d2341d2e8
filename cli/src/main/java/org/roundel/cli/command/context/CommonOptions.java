package org.roundel.cli.command.context;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.roundel.cli.error.ErrorReporter;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.failure.PluginFailure;
import picocli.CommandLine.Option;

/** The options of every command that uses plugins. */
public final class CommonOptions {
  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      order = 900,
      description = "where plugins are (default: the program's plugins/)")
  private @Nullable Path plugins;

  /** Loads the plugins. */
  public PluginRegistry load(CommandContext context) {
    return context.pluginLoader().apply(directory(context));
  }

  /** Loads the plugins, and warns of those that could not be loaded. */
  public PluginRegistry loadAndWarn(CommandContext context) {
    PluginRegistry registry = load(context);
    ErrorReporter warnings = new ErrorReporter(context.terminal(), false);
    for (PluginFailure failure : registry.failures()) {
      warnings.print("warning: plugin " + failure.message());
    }
    return registry;
  }

  /** Returns where plugins are. */
  public Path directory(CommandContext context) {
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
