package org.roundel.cli.error;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.roundel.api.MessageText;
import org.roundel.core.text.FuzzyMatcher;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Words for a command line that could not be understood. */
public final class UsageErrors {
  /** How Picocli begins what it says of {@code help NAME}. */
  private static final String UNKNOWN_TOPIC = "Unknown subcommand '";

  private UsageErrors() {}

  /** Returns what is wrong, what may be meant, and where to read on. */
  public static String message(ParameterException error) {
    CommandLine command = error.getCommandLine();
    String what = plain(error);
    if (error instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      what = unknown(command, unmatched.getUnmatched().get(0));
    }
    if (!what.endsWith("?") && !what.endsWith(".")) {
      what += ".";
    }
    return what + " See '" + command.getCommandSpec().qualifiedName() + " --help'";
  }

  /** Picocli's message in the form of all others here. */
  private static String plain(ParameterException error) {
    CommandLine command = error.getCommandLine();
    if (error instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      ArgSpec first = missing.getMissing().get(0);
      if (first instanceof OptionSpec option) {
        boolean given = !error.getMessage().startsWith("Missing required option");
        return String.format(
            Locale.ROOT,
            "option '%s' %s a value, %s",
            option.longestName(),
            given ? "takes" : "is missing; it takes",
            option.paramLabel());
      }
      return "missing " + first.paramLabel();
    }
    if (error instanceof MutuallyExclusiveArgsException) {
      return error.getMessage().replaceFirst("^Error: ", "").replaceAll("=[A-Z]+", "");
    }
    if (error.getArgSpec() instanceof OptionSpec option && isConversion(error)) {
      return error
          .getMessage()
          .replaceFirst("^Invalid value for option [^:]*: ", option.longestName() + ": ")
          .replace("is not an int", "is not a whole number");
    }
    if (isConversion(error)) {
      String what = error.getMessage().replaceFirst("^Invalid value for positional [^:]*: ", "");
      ArgSpec argument = error.getArgSpec();
      boolean isPath = argument != null && List.of(argument.auxiliaryTypes()).contains(Path.class);
      return isPath ? argument.paramLabel() + ": " + what : what;
    }
    if (error.getMessage().startsWith(UNKNOWN_TOPIC)) {
      String name = error.getMessage().substring(UNKNOWN_TOPIC.length()).replaceFirst("'.*", "");
      return unknown(command, name);
    }
    if (!command.getSubcommands().isEmpty() && error.getMessage().contains("subcommand")) {
      return "missing command; allowed: " + String.join(", ", command.getSubcommands().keySet());
    }
    String message = error.getMessage();
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  private static boolean isConversion(ParameterException error) {
    return error.getMessage().startsWith("Invalid value for");
  }

  private static String unknown(CommandLine command, String argument) {
    if (argument.startsWith("-")) {
      int end = argument.indexOf('=');
      String name = end < 0 ? argument : argument.substring(0, end);
      for (Map.Entry<String, CommandLine> sub : command.getSubcommands().entrySet()) {
        if (sub.getValue().getCommandSpec().optionsMap().containsKey(name)) {
          return String.format(
              Locale.ROOT,
              "option '%s' stands behind the command, as in '%s %s'",
              name,
              sub.getValue().getCommandSpec().qualifiedName(),
              argument);
        }
      }
      return "unknown option "
          + MessageText.quoted(name)
          + FuzzyMatcher.suggestion(
              name, List.copyOf(command.getCommandSpec().optionsMap().keySet()));
    }
    List<String> commands = new ArrayList<>(command.getSubcommands().keySet());
    if (commands.isEmpty()) {
      return "unexpected argument " + MessageText.quoted(argument) + asOption(command, argument);
    }
    String suggestion = FuzzyMatcher.suggestion(argument, commands);
    return "unknown command "
        + MessageText.quoted(argument)
        + (suggestion.isEmpty() ? "; allowed: " + String.join(", ", commands) : suggestion);
  }

  /** Says which option is meant by something that stands where only options may. */
  private static String asOption(CommandLine command, String argument) {
    Map<String, OptionSpec> options = command.getCommandSpec().optionsMap();
    if (!options.containsKey("--set")) {
      return "";
    }
    int equals = argument.indexOf('=');
    if (equals > 0) {
      String name = "--" + argument.substring(0, equals);
      return options.containsKey(name)
          ? "; did you mean '--" + argument + "'?"
          : "; a key stands behind --set, as in '--set " + MessageText.bounded(argument) + "'";
    }
    String lower = argument.toLowerCase(Locale.ROOT);
    String option = "";
    if (lower.endsWith(".yaml") || lower.endsWith(".yml")) {
      option = "--config";
    } else if (lower.endsWith("manifest.json")) {
      option = "--from";
    }
    return options.containsKey(option)
        ? "; name the option, as in '" + option + " " + MessageText.bounded(argument) + "'"
        : "; every setting is an option, as in '--model resnet-20'";
  }
}
