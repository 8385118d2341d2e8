package org.roundel.cli.command.context;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.report.terminal.Terminal;

/**
 * What every command works with.
 *
 * @param terminal where it writes
 * @param home where the program is installed; null if the start script did not say
 * @param pluginLoader loads a directory of plugins
 * @param clock names run directories
 * @param interruption how a run is asked to stop
 * @param spark connects to Spark, for {@link org.roundel.cli.spark.SparkConnection}; null where
 *     this process has none
 */
public record CommandContext(
    Terminal terminal,
    @Nullable Path home,
    Function<Path, PluginRegistry> pluginLoader,
    Clock clock,
    Interruption interruption,
    @Nullable BiFunction<Map<String, String>, Consumer<String>, Object> spark) {
  /** Makes that of a process without Spark. */
  public CommandContext(
      Terminal terminal,
      @Nullable Path home,
      Function<Path, PluginRegistry> pluginLoader,
      Clock clock,
      Interruption interruption) {
    this(terminal, home, pluginLoader, clock, interruption, null);
  }
}
