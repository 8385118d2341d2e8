package org.roundel.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.roundel.cli.command.RoundelCommand;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.Interruption;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.load.PluginLoader;
import org.roundel.report.terminal.StatusLine;
import org.roundel.report.terminal.Terminal;

/** Runs commands in this JVM, on no terminal. */
public final class InProcess {
  private final @Nullable Path home;
  private final Function<Path, PluginRegistry> plugins;

  private InProcess(@Nullable Path home, Function<Path, PluginRegistry> plugins) {
    this.home = home;
    this.plugins = plugins;
  }

  /** Returns one that loads the plugins of an installation. */
  public static InProcess installedIn(Path home) {
    return new InProcess(home, PluginLoader::load);
  }

  /** Returns one that finds these plugins wherever it looks. */
  public static InProcess with(Function<Path, PluginRegistry> plugins) {
    return new InProcess(Path.of("home"), plugins);
  }

  /** Returns one that is installed somewhere and finds these plugins wherever it looks. */
  public static InProcess with(Path home, Function<Path, PluginRegistry> plugins) {
    return new InProcess(home, plugins);
  }

  /** Returns one that was not told where it is installed. */
  public static InProcess homeless() {
    return new InProcess(null, PluginLoader::load);
  }

  /** Runs a command. */
  public Outcome run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8), errors, false, StatusLine.none());
    Clock clock = Clock.fixed(Instant.parse("2026-01-31T15:45:00Z"), ZoneOffset.UTC);
    int exitCode =
        RoundelCommand.run(
            new CommandContext(terminal, home, plugins, clock, new Interruption(errors)),
            arguments);
    return new Outcome(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
