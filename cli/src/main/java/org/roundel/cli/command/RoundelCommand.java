package org.roundel.cli.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.roundel.api.RoundelPlugin;
import org.roundel.cli.error.ExitCodes;
import org.roundel.cli.error.Failures;
import org.roundel.cli.error.UsageErrors;
import org.roundel.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The whole command line: all commands below the program's name. */
@Command(
    name = "roundel",
    description = "Trains neural nets whose weights are quantized.",
    versionProvider = RoundelCommand.Version.class,
    customSynopsis = "roundel COMMAND [OPTION]...",
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  roundel train                          train a small net on built-in images",
      "  roundel train --help                   what can be set",
      "  roundel list                           nets, methods and datasets by name",
      "  roundel describe stochastic-rounding   what one of them is",
      "",
      "Exit codes: 0 done, 1 internal error, 2 command line, 3 configuration or data,",
      "4 plugin, 5 diverged, 130 interrupted after writing a checkpoint"
    })
public final class RoundelCommand {
  private static final int HELP_COLUMNS = 80;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "show the version")
  private boolean version;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  private boolean help;

  private RoundelCommand() {}

  /**
   * Runs a command.
   *
   * @return the exit code
   */
  public static int run(CommandContext context, String... arguments) {
    return commandLine(context, Map.of()).execute(arguments);
  }

  /**
   * Returns the command line.
   *
   * @param candidates names of components to complete, by kind
   */
  static CommandLine commandLine(CommandContext context, Map<String, List<String>> candidates) {
    CommandLine train = new CommandLine(new TrainCommand(context));
    SettingOptions.addTo(train.getCommandSpec(), candidates);
    CommandLine data =
        new CommandLine(new DataCommand())
            .addSubcommand(new DataListCommand(context))
            .addSubcommand(new DataVerifyCommand(context));
    CommandLine root =
        new CommandLine(new RoundelCommand())
            .addSubcommand(train)
            .addSubcommand(new ResumeCommand(context))
            .addSubcommand(new EvaluateCommand(context))
            .addSubcommand(new ListCommand(context))
            .addSubcommand(new DescribeCommand(context))
            .addSubcommand(data)
            .addSubcommand(new CompletionCommand(context))
            .addSubcommand(new CommandLine.HelpCommand());
    Terminal terminal = context.terminal();
    root.setOut(new PrintWriter(terminal.out(), true));
    root.setErr(new PrintWriter(terminal.err(), true));
    root.setColorScheme(Help.defaultColorScheme(terminal.colors() ? Help.Ansi.ON : Help.Ansi.OFF));
    root.setUsageHelpWidth(HELP_COLUMNS);
    root.setUsageHelpAutoWidth(false);
    root.setExecutionExceptionHandler(
        (thrown, command, parsed) ->
            new Failures(terminal.err(), isVerbose(parsed)).report(thrown));
    root.setParameterExceptionHandler(
        (error, arguments) -> {
          new Failures(terminal.err(), false).print(UsageErrors.message(error));
          return ExitCodes.USAGE;
        });
    root.setExecutionStrategy(
        parsed -> {
          if (isVerbose(parsed)) {
            Logging.showDetails();
          }
          return new CommandLine.RunLast().execute(parsed);
        });
    return root;
  }

  private static boolean isVerbose(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    return last.hasMatchedOption(HelpOptions.VERBOSE);
  }

  /** Says which version this is, and what it runs on. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = RoundelCommand.class.getPackage().getImplementationVersion();
      return new String[] {
        "roundel " + (version == null ? "development" : version),
        "plugin interface " + RoundelPlugin.SPI_VERSION,
        "Java "
            + System.getProperty("java.version")
            + " on "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
      };
    }
  }
}
