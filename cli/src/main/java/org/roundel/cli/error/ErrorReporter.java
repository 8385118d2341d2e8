package org.roundel.cli.error;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.roundel.api.InvalidInputException;
import org.roundel.api.MessageText;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.run.IoFailure;
import org.roundel.core.text.FileNames;
import org.roundel.report.terminal.Paint;
import org.roundel.report.terminal.Terminal;

/** Tells the user what went wrong. */
public final class ErrorReporter {
  private static final String PREFIX = "roundel:";
  private static final String WARNING = "warning:";
  private static final int MOST_LINES = 200;
  private static final int LONGEST_LINE = 4000;

  private final PrintStream err;
  private final Paint paint;
  private final boolean verbose;

  /**
   * Makes a reporter.
   *
   * @param terminal to whose {@code err} messages go
   * @param verbose whether the stack trace follows the message
   */
  public ErrorReporter(Terminal terminal, boolean verbose) {
    this.err = terminal.err();
    this.paint = terminal.errorPaint();
    this.verbose = verbose;
  }

  /**
   * Prints what went wrong.
   *
   * @return the exit code
   */
  public int report(Throwable thrown) {
    if (thrown instanceof RoundelException known) {
      return expected(known.getMessage(), exitCode(known.kind()), known);
    }
    if (thrown instanceof InvalidInputException invalid) {
      return expected(invalid.getMessage(), ExitCodes.CONFIGURATION, invalid);
    }
    String exhausted = MemoryExhaustion.explain(thrown);
    if (exhausted != null) {
      return expected(exhausted, ExitCodes.CONFIGURATION, thrown);
    }
    if (thrown instanceof InvalidPathException invalid) {
      String problem = FileNames.problem(invalid.getInput());
      return expected(
          problem == null
              ? MessageText.quoted(invalid.getInput()) + " is no path: " + invalid.getReason()
              : problem + ". " + FileNames.ADVICE,
          ExitCodes.CONFIGURATION,
          invalid);
    }
    if (thrown instanceof IOException || thrown instanceof UncheckedIOException) {
      Throwable cause = thrown instanceof IOException ? thrown : thrown.getCause();
      String what = cause instanceof IOException io ? IoFailure.describe(io) : describe(cause);
      return expected(
          "reading or writing failed: " + what + ". " + IoFailure.ADVICE,
          ExitCodes.CONFIGURATION,
          thrown);
    }
    return internal(thrown);
  }

  /**
   * Prints that standard output could not be written.
   *
   * @return the exit code
   */
  public int outputLost(IOException failure) {
    return expected(
        "standard output cannot be written: "
            + failure.getMessage()
            + ". What was to be printed is lost, in part or whole; free space, or send it elsewhere",
        ExitCodes.CONFIGURATION,
        failure);
  }

  /**
   * Prints a message of one or more lines behind the program's name. What stands in it comes from
   * the input that is at fault too, so it may be of any size.
   */
  public void print(String message) {
    List<String> lines = String.valueOf(message).lines().limit(MOST_LINES + 1L).toList();
    boolean warns = !lines.isEmpty() && lines.get(0).startsWith(WARNING);
    String prefix = (warns ? paint.warning(PREFIX) : paint.bad(PREFIX)) + " ";
    for (String line : lines.subList(0, Math.min(MOST_LINES, lines.size()))) {
      err.println(prefix + bounded(line));
      prefix = "";
    }
    if (lines.size() > MOST_LINES) {
      err.println("...");
    }
  }

  private static String bounded(String line) {
    String start = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line;
    StringBuilder shown = new StringBuilder();
    for (int index = 0; index < start.length(); index++) {
      char character = start.charAt(index);
      shown.append(Character.isISOControl(character) && character != '\t' ? '?' : character);
    }
    return start.length() == line.length()
        ? shown.toString()
        : shown + "… (" + line.length() + " characters)";
  }

  private static int exitCode(ErrorKind kind) {
    return switch (kind) {
      case CONFIGURATION -> ExitCodes.CONFIGURATION;
      case PLUGIN -> ExitCodes.PLUGIN;
      case DIVERGED -> ExitCodes.DIVERGED;
    };
  }

  private int expected(String message, int exitCode, Throwable thrown) {
    print(message);
    if (verbose) {
      thrown.printStackTrace(err);
    }
    return exitCode;
  }

  private int internal(Throwable thrown) {
    String message = "internal error, a fault of this program: " + describe(thrown) + ". ";
    if (verbose) {
      print(message + "Please report it with the command and the lines below");
      thrown.printStackTrace(err);
    } else {
      print(message + whereTheTraceIs(thrown));
    }
    return ExitCodes.INTERNAL;
  }

  private static String whereTheTraceIs(Throwable thrown) {
    try {
      Path file = Files.createTempFile("roundel-error-", ".txt");
      try (PrintWriter writer =
          new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
        thrown.printStackTrace(writer);
      }
      return "Please report it with the command and the file " + file;
    } catch (IOException unwritable) {
      return "Run the command again with --verbose to see where";
    }
  }

  private static String describe(Throwable thrown) {
    String name = thrown.getClass().getSimpleName();
    String message = thrown.getMessage();
    return message == null || message.isBlank()
        ? name
        : name + ": " + message.lines().findFirst().orElse("");
  }
}
