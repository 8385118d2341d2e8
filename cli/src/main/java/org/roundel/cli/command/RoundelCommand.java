package org.roundel.cli.command;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.roundel.api.RoundelPlugin;
import org.roundel.cli.command.bench.BenchCommand;
import org.roundel.cli.command.component.DescribeCommand;
import org.roundel.cli.command.component.ListCommand;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.data.DataCommand;
import org.roundel.cli.command.data.DataFetchCommand;
import org.roundel.cli.command.data.DataListCommand;
import org.roundel.cli.command.data.DataVerifyCommand;
import org.roundel.cli.command.plugin.PluginCheckCommand;
import org.roundel.cli.command.plugin.PluginCommand;
import org.roundel.cli.command.plugin.PluginDoctorCommand;
import org.roundel.cli.command.plugin.PluginNewCommand;
import org.roundel.cli.command.reproduce.ReproduceCommand;
import org.roundel.cli.command.reproduce.ReproduceConvexCommand;
import org.roundel.cli.command.reproduce.ReproduceMarkovCommand;
import org.roundel.cli.command.reproduce.ReproduceToyCommand;
import org.roundel.cli.command.reproduce.ReproduceTrainingCommand;
import org.roundel.cli.command.run.CompareCommand;
import org.roundel.cli.command.run.EvaluateCommand;
import org.roundel.cli.command.run.ResumeCommand;
import org.roundel.cli.command.run.SettingOptions;
import org.roundel.cli.command.run.TrainCommand;
import org.roundel.cli.error.ErrorReporter;
import org.roundel.cli.error.ExitCodes;
import org.roundel.cli.error.UsageErrors;
import org.roundel.core.config.RunSettings;
import org.roundel.report.terminal.Terminal;
import org.roundel.reproduce.training.TrainingExperiments;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.OptionSpec;

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
    CommandLine train = command(new TrainCommand(context));
    SettingOptions.addTo(train.getCommandSpec(), RunSettings.ALL, candidates);
    CommandLine resume = command(new ResumeCommand(context));
    SettingOptions.addChangesTo(resume.getCommandSpec());
    CommandLine bench = command(new BenchCommand(context));
    SettingOptions.addTo(bench.getCommandSpec(), BenchCommand.SETTINGS, candidates);
    CommandLine data =
        command(new DataCommand())
            .addSubcommand(command(new DataListCommand(context)))
            .addSubcommand(command(new DataVerifyCommand(context)))
            .addSubcommand(command(new DataFetchCommand(context)));
    CommandLine plugin =
        command(new PluginCommand())
            .addSubcommand(command(new PluginNewCommand(context)))
            .addSubcommand(command(new PluginCheckCommand(context)))
            .addSubcommand(command(new PluginDoctorCommand(context)));
    CommandLine reproduce =
        command(new ReproduceCommand())
            .addSubcommand(command(new ReproduceToyCommand(context)))
            .addSubcommand(command(new ReproduceMarkovCommand(context)))
            .addSubcommand(command(new ReproduceConvexCommand(context)));
    addTraining(
        reproduce,
        "methods",
        "Train ADAM, BC-ADAM, Big SR-ADAM, SR-ADAM and R-ADAM: Table 1.",
        new ReproduceTrainingCommand(context, List.of("methods"), false));
    addTraining(
        reproduce,
        "batch-size",
        "SR and BC with batches of 128 to 1024, at equal epochs and updates.",
        new ReproduceTrainingCommand(context, List.of("batch-size"), false));
    addTraining(
        reproduce,
        "weight-changes",
        "How many weights change their sign, by layer and epoch.",
        new ReproduceTrainingCommand(context, List.of("weight-changes"), false));
    addTraining(
        reproduce,
        "weight-decay",
        "What weight decay does to BinaryConnect.",
        new ReproduceTrainingCommand(context, List.of("weight-decay"), false));
    addTraining(
        reproduce,
        "all",
        "All of these, the theory lab with its own numbers of seeds.",
        new ReproduceTrainingCommand(context, TrainingExperiments.ALL, true));
    CommandLine root =
        command(new RoundelCommand())
            .addSubcommand(train)
            .addSubcommand(resume)
            .addSubcommand(command(new EvaluateCommand(context)))
            .addSubcommand(command(new CompareCommand(context)))
            .addSubcommand(bench)
            .addSubcommand(reproduce)
            .addSubcommand(command(new ListCommand(context)))
            .addSubcommand(command(new DescribeCommand(context)))
            .addSubcommand(data)
            .addSubcommand(plugin)
            .addSubcommand(command(new DoctorCommand(context)))
            .addSubcommand(command(new CompletionCommand(context)))
            .addSubcommand(help());
    root.getCommandSpec()
        .addOption(
            OptionSpec.builder("-V", "--version")
                .type(boolean.class)
                .versionHelp(true)
                .description("show the version")
                .build());
    root.registerConverter(Path.class, new Paths());
    Terminal terminal = context.terminal();
    root.setOut(writer(terminal.out()));
    root.setErr(writer(terminal.err()));
    root.setColorScheme(Help.defaultColorScheme(terminal.colors() ? Help.Ansi.ON : Help.Ansi.OFF));
    root.setUsageHelpWidth(HELP_COLUMNS);
    root.setUsageHelpAutoWidth(false);
    root.setExecutionExceptionHandler(
        (thrown, command, parsed) ->
            new ErrorReporter(terminal.err(), HelpOptions.isVerbose(parsed)).report(thrown));
    root.setParameterExceptionHandler(
        (error, arguments) -> {
          new ErrorReporter(terminal.err(), false).print(UsageErrors.message(error));
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

  private static void addTraining(
      CommandLine reproduce, String name, String description, ReproduceTrainingCommand training) {
    CommandLine command = command(training);
    command
        .getCommandSpec()
        .usageMessage()
        .description(description)
        .customSynopsis("roundel reproduce " + name + " [OPTION]...");
    reproduce.addSubcommand(name, command);
  }

  private static CommandLine help() {
    CommandLine help = new CommandLine(new CommandLine.HelpCommand());
    help.getCommandSpec().usageMessage().description("Show the help of a command.");
    return help;
  }

  private static CommandLine command(Object annotated) {
    CommandLine command = new CommandLine(annotated);
    HelpOptions.addTo(command.getCommandSpec());
    return command;
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
