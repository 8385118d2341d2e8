package org.roundel.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.roundel.cli.InProcess;
import org.roundel.cli.Outcome;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.Interruption;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.report.terminal.StatusLine;
import org.roundel.report.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

class PathsTest {
  /** Fewer means that the walk looked in the wrong place. */
  private static final int LEAST_PATHS = 40;

  /** What the help calls arguments that are paths. */
  private static final Set<String> LABELS =
      Set.of("DIR", "FILE", "RUN", "RUN|FILE", "IMAGE|DIR", "JAR", "MANIFEST", "FROM", "CHAIN");

  private record Argument(CommandLine command, ArgSpec spec) {
    boolean isPath() {
      return List.of(spec.auxiliaryTypes()).contains(Path.class) || spec.type() == Path.class;
    }

    String[] with(String value) {
      return spec instanceof OptionSpec option
          ? new String[] {option.longestName(), value}
          : new String[] {value};
    }

    @Override
    public String toString() {
      return command.getCommandSpec().qualifiedName() + " " + spec.paramLabel() + " " + spec;
    }
  }

  @Test
  void everyPathOfTheCommandLineRefusesToBeEmpty() {
    List<Argument> paths = arguments().stream().filter(Argument::isPath).toList();
    assertThat(paths).hasSizeGreaterThanOrEqualTo(LEAST_PATHS);
    for (Argument argument : paths) {
      for (String value : List.of("", " ", "a\0b")) {
        assertThatThrownBy(() -> argument.command().parseArgs(argument.with(value)))
            .as("%s", argument)
            .isInstanceOf(ParameterException.class)
            .hasMessageContaining(value.isBlank() ? "' names no file or directory" : "is no path");
      }
    }
  }

  @Test
  void whatIsCalledAPathIsReadAsOne() {
    for (Argument argument : arguments()) {
      assertThat(LABELS.contains(argument.spec().paramLabel()))
          .as("%s", argument)
          .isEqualTo(argument.isPath());
    }
  }

  @Test
  void theMessageNamesTheArgument() {
    InProcess roundel = InProcess.homeless();
    for (List<String> arguments :
        List.of(
            List.of("train", "--run-dir", ""),
            List.of("compare", "x", "--out", ""),
            List.of("list", "--plugins", ""),
            List.of("data", "verify", "x", "--data-dir", ""))) {
      Outcome outcome = roundel.run(arguments.toArray(String[]::new));
      assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(2);
      assertThat(outcome.err())
          .startsWith("roundel: " + arguments.get(arguments.size() - 2) + ": '' names no file");
    }
    assertThat(roundel.run("resume", "").err()).startsWith("roundel: RUN: '' names no file");
  }

  private static List<Argument> arguments() {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    CommandContext context =
        new CommandContext(
            new Terminal(nowhere, nowhere, false, StatusLine.none()),
            null,
            directory -> PluginRegistry.of(),
            Clock.systemUTC(),
            new Interruption(nowhere));
    List<Argument> arguments = new ArrayList<>();
    collect(RoundelCommand.commandLine(context), arguments);
    return arguments;
  }

  private static void collect(CommandLine command, List<Argument> arguments) {
    for (ArgSpec spec : command.getCommandSpec().args()) {
      arguments.add(new Argument(command, spec));
    }
    command.getSubcommands().values().forEach(each -> collect(each, arguments));
  }
}
