package org.roundel.cli.error;

import java.util.ArrayList;
import java.util.List;
import org.roundel.core.text.FuzzyMatcher;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Words for a command line that could not be understood. */
public final class UsageErrors {
  private UsageErrors() {}

  /** Returns what is wrong, what may be meant, and where to read on. */
  public static String message(ParameterException error) {
    CommandLine command = error.getCommandLine();
    String what = error.getMessage();
    if (error instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      what = unknown(command, unmatched.getUnmatched().get(0));
    }
    if (!what.endsWith("?") && !what.endsWith(".")) {
      what += ".";
    }
    return what + " See '" + command.getCommandSpec().qualifiedName() + " --help'";
  }

  private static String unknown(CommandLine command, String argument) {
    if (argument.startsWith("-")) {
      int end = argument.indexOf('=');
      String name = end < 0 ? argument : argument.substring(0, end);
      return "unknown option '"
          + name
          + "'"
          + FuzzyMatcher.suggestion(
              name, List.copyOf(command.getCommandSpec().optionsMap().keySet()));
    }
    List<String> commands = new ArrayList<>(command.getSubcommands().keySet());
    if (commands.isEmpty()) {
      return "unexpected argument '" + argument + "'";
    }
    String suggestion = FuzzyMatcher.suggestion(argument, commands);
    return "unknown command '"
        + argument
        + "'"
        + (suggestion.isEmpty() ? "; allowed: " + String.join(", ", commands) : suggestion);
  }
}
