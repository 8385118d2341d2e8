package org.roundel.cli.command.context;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.cli.error.ErrorReporter;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.failure.PluginFailure;
import org.roundel.core.plugin.load.PluginLock;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that uses plugins. */
public final class CommonOptions {
  @Mixin private PluginsDirectory plugins = new PluginsDirectory();

  @Option(
      names = "--plugins-lock",
      paramLabel = "FILE",
      order = 901,
      description = {
        "refuse JARs of plugins whose hash is not in FILE,",
        "as 'roundel plugin lock' writes it; else none"
      })
  private @Nullable Path lock;

  /** Loads the plugins. */
  public PluginRegistry load(CommandContext context) {
    Path directory = directory(context);
    if (lock != null) {
      PluginLock.read(lock).require(directory, lock);
    }
    return context.pluginLoader().apply(directory);
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

  /** Returns these options as far as they were given, for a process with another directory. */
  public List<String> given() {
    List<String> given = new ArrayList<>();
    Path directory = plugins.given();
    if (directory != null) {
      given.add("--plugins=" + directory.toAbsolutePath().normalize());
    }
    if (lock != null) {
      given.add("--plugins-lock=" + lock.toAbsolutePath().normalize());
    }
    return given;
  }

  /** Returns where plugins are. */
  public Path directory(CommandContext context) {
    return plugins.path(context);
  }
}
