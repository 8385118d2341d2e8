package org.roundel.cli.command;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.roundel.api.RoundelPlugin;
import org.roundel.cli.command.bench.BenchCommand;
import org.roundel.cli.command.component.DescribeCommand;
import org.roundel.cli.command.component.ListCommand;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.CommandGroup;
import org.roundel.cli.command.data.DataCommand;
import org.roundel.cli.command.plugin.PluginCommand;
import org.roundel.cli.command.rate.FindRateCommand;
import org.roundel.cli.command.reproduce.ReproduceCommand;
import org.roundel.cli.command.run.CompareCommand;
import org.roundel.cli.command.run.EvaluateCommand;
import org.roundel.cli.command.run.ResumeCommand;
import org.roundel.cli.command.run.SettingOptions;
import org.roundel.cli.command.run.TrainCommand;
import org.roundel.cli.command.run.UiCommand;
import org.roundel.cli.command.ship.ExportCommand;
import org.roundel.cli.command.ship.InspectCommand;
import org.roundel.cli.command.ship.PredictCommand;
import org.roundel.cli.command.ship.SummaryCommand;
import org.roundel.cli.command.sweep.SweepCommand;
import org.roundel.cli.command.sweep.WorkCommand;
import org.roundel.cli.error.ErrorReporter;
import org.roundel.cli.error.ExitCodes;
import org.roundel.cli.error.UsageErrors;
import org.roundel.core.config.RunSettings;
import org.roundel.report.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The whole command line: all commands below the program's name. */
@Command(
    name = "roundel",
    description = "Trains neural nets whose weights are quantized.",
    versionProvider = RoundelCommand.Version.class,
    subcommands = {
      TrainCommand.class,
      ResumeCommand.class,
      EvaluateCommand.class,
      SweepCommand.class,
      WorkCommand.class,
      CompareCommand.class,
      UiCommand.class,
      PredictCommand.class,
      InspectCommand.class,
      SummaryCommand.class,
      ExportCommand.class,
      FindRateCommand.class,
      BenchCommand.class,
      ReproduceCommand.class,
      ListCommand.class,
      DescribeCommand.class,
      DataCommand.class,
      PluginCommand.class,
      DoctorCommand.class,
      CompletionCommand.class,
      HelpCommand.class
    },
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
  private static final List<String> TRAINING = List.of("train", "resume");

  private RoundelCommand() {}

  /**
   * Runs a command.
   *
   * @return the exit code
   */
  public static int run(CommandContext context, String... arguments) {
    if (arguments.length == 0) {
      ShortUsage.LINES.forEach(context.terminal().err()::println);
      return ExitCodes.USAGE;
    }
    List<String> words = List.of(arguments);
    if (TRAINING.contains(words.get(0)) && !words.contains("-q") && !words.contains("--quiet")) {
      // To understand the rest of the line takes as long as Java's own start.
      context.terminal().statusLine().drawNow(columns -> "Starting ...");
    }
    return commandLine(context, name -> mayName(arguments, name)).execute(arguments);
  }

  /** Whether arguments may be for a command, by its name or by a file with more arguments. */
  private static boolean mayName(String[] arguments, String command) {
    return Arrays.stream(arguments)
        .anyMatch(argument -> argument.equals(command) || argument.startsWith("@"));
  }

  /** Returns the whole command line. */
  static CommandLine commandLine(CommandContext context) {
    return commandLine(context, name -> true);
  }

  /**
   * Returns the command line without the commands below those that nobody asks for: to build them
   * takes a fifth of a start.
   *
   * @param asked tells of a command's name whether it may be asked for
   */
  private static CommandLine commandLine(CommandContext context, Predicate<String> asked) {
    CommandLine root = new CommandLine(RoundelCommand.class, new CommandFactory(context));
    root.getSubcommands()
        .forEach(
            (name, command) -> {
              if (command.getCommand() instanceof CommandGroup group && asked.test(name)) {
                group.commands().forEach(command::addSubcommand);
              }
            });
    addHelp(root);
    root.getCommandSpec()
        .addOption(
            OptionSpec.builder("-V", "--version")
                .type(boolean.class)
                .versionHelp(true)
                .description("show the version")
                .build());
    Map<String, CommandLine> commands = root.getSubcommands();
    SettingOptions.addTo(spec(commands, "train"), RunSettings.ALL);
    SettingOptions.addChangesTo(spec(commands, "resume"));
    SettingOptions.addTo(spec(commands, "find-rate"), FindRateCommand.SETTINGS);
    SettingOptions.addTo(spec(commands, "bench"), BenchCommand.SETTINGS);
    SettingOptions.addTo(spec(commands, "summary"), SummaryCommand.SETTINGS);
    spec(commands, "help").usageMessage().description("Show the help of a command.");
    root.registerConverter(Path.class, new Paths());
    Terminal terminal = context.terminal();
    root.setOut(writer(terminal.out()));
    root.setErr(writer(terminal.err()));
    root.setColorScheme(Help.defaultColorScheme(terminal.colors() ? Help.Ansi.ON : Help.Ansi.OFF));
    root.setUsageHelpWidth(HELP_COLUMNS);
    root.setUsageHelpAutoWidth(false);
    root.setExecutionExceptionHandler(
        (thrown, command, parsed) ->
            new ErrorReporter(terminal, HelpOptions.isVerbose(parsed)).report(thrown));
    root.setParameterExceptionHandler(
        (error, arguments) -> {
          new ErrorReporter(terminal, false).print(UsageErrors.message(error));
          return ExitCodes.USAGE;
        });
    root.setExecutionStrategy(
        parsed -> {
          if (HelpOptions.isVerbose(parsed)) {
            Logging.showDetails();
          }
          return new CommandLine.RunLast().execute(parsed);
        });
    return root;
  }

  private static CommandSpec spec(Map<String, CommandLine> commands, String name) {
    return Objects.requireNonNull(commands.get(name)).getCommandSpec();
  }

  /** Adds the options that every command has; picocli's own brings its help along. */
  private static void addHelp(CommandLine command) {
    if (!(command.getCommand() instanceof HelpCommand)) {
      HelpOptions.addTo(command.getCommandSpec());
      command.getSubcommands().values().forEach(RoundelCommand::addHelp);
    }
  }

  /** Goes through the stream, which knows the terminal's encoding. */
  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(
        new Writer() {
          @Override
          public void write(char[] buffer, int offset, int length) {
            stream.print(new String(buffer, offset, length));
          }

          @Override
          public void flush() {
            stream.flush();
          }

          @Override
          public void close() {
            stream.flush();
          }
        },
        true);
  }

  /** Says which version this is, and what it runs on. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = RoundelCommand.class.getPackage().getImplementationVersion();
      return new String[] {
        "roundel " + (version == null ? "development" : version),
        "plugin interface " + RoundelPlugin.SPI_VERSION,
        String.format(
            Locale.ROOT,
            "Java %s on %s %s",
            System.getProperty("java.version"),
            System.getProperty("os.name"),
            System.getProperty("os.arch"))
      };
    }
  }
}
