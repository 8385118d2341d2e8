package org.roundel.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.roundel.cli.command.CommandContext;
import org.roundel.cli.command.Interruption;
import org.roundel.cli.command.RoundelCommand;
import org.roundel.cli.error.ExitCodes;
import org.roundel.cli.error.Failures;
import org.roundel.cli.terminal.StandardOutput;
import org.roundel.cli.terminal.Terminal;
import org.roundel.core.plugin.PluginLoader;

/** Starts the program. */
public final class Main {
  private Main() {}

  /** Runs the command that the arguments describe, and leaves the JVM with its exit code. */
  public static void main(String[] arguments) {
    StandardOutput output = StandardOutput.ofProcess();
    Terminal terminal = Terminal.ofProcess(output.stream());
    Interruption interruption = new Interruption(terminal.err());
    interruption.handleSignals();
    int exitCode = ExitCodes.INTERNAL;
    try {
      exitCode =
          RoundelCommand.run(
              new CommandContext(
                  terminal,
                  home(),
                  PluginLoader::load,
                  Clock.system(ZoneId.systemDefault()),
                  interruption),
              arguments);
    } catch (Throwable thrown) {
      // An Error: picocli hands on exceptions only.
      exitCode = new Failures(terminal.err(), false).report(thrown);
    } finally {
      IOException unwritten = output.failure();
      if (unwritten != null) {
        int lost = new Failures(terminal.err(), false).outputLost(unwritten);
        exitCode = exitCode == ExitCodes.OK ? lost : exitCode;
      }
      terminal.err().flush();
      exitCode = interruption.ended(exitCode);
    }
    System.exit(exitCode);
  }

  private static @Nullable Path home() {
    String home = System.getProperty("roundel.home");
    return home == null ? null : Path.of(home);
  }
}
