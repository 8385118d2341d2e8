package org.roundel.cli.command;

import picocli.CommandLine.Option;

/** The options of every command. */
final class HelpOptions {
  /** The option that asks for stack traces and the details of the log. */
  static final String VERBOSE = "--verbose";

  @Option(
      names = VERBOSE,
      order = 990,
      description = "show details of the work, and stack traces")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      order = 999,
      description = "show this help")
  private boolean help;
}
