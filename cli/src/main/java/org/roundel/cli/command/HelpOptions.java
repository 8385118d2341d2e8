package org.roundel.cli.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options that every command has, behind its own. */
final class HelpOptions {
  private static final String VERBOSE = "--verbose";
  private static final int BEHIND_ALL_OTHERS = 990;

  private HelpOptions() {}

  /** Adds the options to a command. */
  static void addTo(CommandSpec command) {
    command.addOption(
        OptionSpec.builder(VERBOSE)
            .type(boolean.class)
            .order(BEHIND_ALL_OTHERS)
            .description("show details of the work, and stack traces")
            .build());
    command.addOption(
        OptionSpec.builder("-h", "--help")
            .type(boolean.class)
            .usageHelp(true)
            .order(BEHIND_ALL_OTHERS + 1)
            .description("show this help")
            .build());
  }

  /** Returns whether the command was asked for details and stack traces. */
  static boolean isVerbose(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    return last.hasMatchedOption(VERBOSE);
  }
}
