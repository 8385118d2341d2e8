package org.roundel.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.roundel.cli.command.RoundelCommand;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.Interruption;
import org.roundel.cli.error.ErrorReporter;
import org.roundel.cli.error.ExitCodes;
import org.roundel.cli.error.ForeignExit;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.plugin.load.PluginLoader;
import org.roundel.core.text.FileNames;
import org.roundel.report.terminal.StandardError;
import org.roundel.report.terminal.StandardOutput;
import org.roundel.report.terminal.StatusLine;
import org.roundel.report.terminal.Terminal;

/** Starts the program. */
public final class Main {
  private Main() {}

  /** Runs the command that the arguments describe, and leaves the JVM with its exit code. */
  public static void main(String[] arguments) {
    run(arguments, null);
  }

  /**
   * Does the same in a JVM that has Spark, in another class loader.
   *
   * @param spark connects to it, see {@link CommandContext#spark}
   */
  public static void mainOnSpark(
      String[] arguments, BiFunction<Map<String, String>, Consumer<String>, Object> spark) {
    run(arguments, spark);
  }

  private static void run(
      String[] arguments,
      @Nullable BiFunction<Map<String, String>, Consumer<String>, Object> spark) {
    // What libraries and plugins write must not depend on who runs them either.
    Locale.setDefault(Locale.ROOT);
    StandardError.ofProcess();
    StatusLine statusLine = StatusLine.ofProcess();
    StandardOutput output = StandardOutput.ofProcess(statusLine);
    Terminal terminal = Terminal.ofProcess(output.stream(), statusLine);
    // However the process ends, the shell's prompt does not follow half a line.
    Runtime.getRuntime().addShutdownHook(new Thread(statusLine::close, "status line"));
    Interruption interruption = new Interruption(terminal.err());
    interruption.handleSignals();
    ForeignExit.watch(terminal);
    int exitCode = ExitCodes.INTERNAL;
    try {
      requireNames(arguments);
      exitCode =
          RoundelCommand.run(
              new CommandContext(
                  terminal,
                  home(),
                  PluginLoader::load,
                  Clock.system(ZoneId.systemDefault()),
                  interruption,
                  spark),
              arguments);
    } catch (Throwable thrown) {
      // An Error: picocli hands on exceptions only.
      exitCode = new ErrorReporter(terminal, false).report(thrown);
    } finally {
      IOException unwritten = output.failure();
      if (unwritten != null) {
        int lost = new ErrorReporter(terminal, false).outputLost(unwritten);
        exitCode = exitCode == ExitCodes.OK ? lost : exitCode;
      }
      terminal.err().flush();
      exitCode = interruption.ended(exitCode);
    }
    System.exit(exitCode);
  }

  /** What Java cannot read in a name is lost before anybody looks for the file. */
  private static void requireNames(String[] arguments) {
    List<String> names = new ArrayList<>(List.of(arguments));
    names.add(System.getProperty("user.dir"));
    for (String name : names) {
      String problem = FileNames.problem(name);
      if (problem != null) {
        throw new RoundelException(ErrorKind.CONFIGURATION, problem + ". " + FileNames.ADVICE);
      }
    }
  }

  private static @Nullable Path home() {
    String home = System.getProperty("roundel.home");
    return home == null ? null : Path.of(home);
  }
}
