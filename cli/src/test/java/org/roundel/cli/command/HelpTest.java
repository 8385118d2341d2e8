package org.roundel.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.roundel.cli.InProcess;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.Interruption;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.report.terminal.StatusLine;
import org.roundel.report.terminal.Terminal;
import org.roundel.reproduce.convex.ConvexSettings;
import org.roundel.reproduce.experiment.Scale;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Every command's help, whatever there may be in time. */
class HelpTest {
  private static final int COLUMNS = 80;

  /** Options whose absence is told by their help in other words, or needs none. */
  private static final List<String> WITHOUT_DEFAULT =
      List.of(
          "--set",
          "--config",
          "--from",
          "--json",
          "--metrics-port",
          "--metrics-file",
          "--metrics-otlp",
          "--metrics-tls-key",
          "--tls-key",
          "--imagenet",
          "--part");

  /** Returns every command, the program itself first. */
  static Stream<CommandLine> commands() {
    List<CommandLine> all = new ArrayList<>();
    collect(root(), all);
    return all.stream();
  }

  static CommandLine root() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    CommandContext context =
        new CommandContext(
            new Terminal(nowhere, nowhere, false, StatusLine.none()),
            null,
            plugins -> PluginRegistry.of(),
            Clock.systemUTC(),
            new Interruption(nowhere));
    return RoundelCommand.commandLine(context);
  }

  private static void collect(CommandLine command, List<CommandLine> all) {
    all.add(command);
    command.getSubcommands().values().forEach(each -> collect(each, all));
  }

  /** A list of commands shows the first line only, so it has to be a sentence. */
  @ParameterizedTest
  @MethodSource("commands")
  void beginsWithAWholeSentence(CommandLine command) {
    String first = command.getCommandSpec().usageMessage().description()[0];
    assertThat(first).as(command.getCommandSpec().qualifiedName()).matches("[A-Z].*[^.]\\.");
  }

  /** A line that is too long is broken where it should not. */
  @ParameterizedTest
  @MethodSource("commands")
  void hasNoLineThatIsBroken(CommandLine command) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    for (String[] lines : List.of(usage.description(), usage.footer())) {
      assertThat(lines).allMatch(line -> line.length() <= COLUMNS);
      assertThat(command.getUsageMessage().lines())
          .containsAll(Arrays.stream(lines).map(line -> line.replace("%%", "%")).toList());
    }
    assertThat(command.getUsageMessage().lines()).allMatch(line -> line.length() <= COLUMNS);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void saysWhatHoldsWhereAnOptionIsNotGiven(CommandLine command) {
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (option.arity().max() > 0
          && !option.required()
          && !WITHOUT_DEFAULT.contains(option.longestName())) {
        assertThat(String.join(" ", option.description()))
            .as(command.getCommandSpec().qualifiedName() + " " + option.longestName())
            .containsAnyOf("default", "empty for", "; else ");
      }
    }
  }

  @Test
  void tellsTheConvexDefaultsAsTheyAre() {
    String help =
        InProcess.with(plugins -> PluginRegistry.of())
            .run("reproduce", "convex", "--help")
            .out()
            .replaceAll("\\s+", " ");
    ConvexSettings smoke = ConvexSettings.of(Scale.SMOKE, 1, 1);
    ConvexSettings large = ConvexSettings.of(Scale.PAPER, 1, 1);
    assertThat(help).contains(list(smoke.deltas()), list(smoke.dimensions()), list(smoke.noises()));
    assertThat(help).contains(list(large.dimensions()));
    assertThat(large.deltas()).hasSize(smoke.deltas().size() + 2).contains(1.0, 0.03125);
    assertThat(large.noises()).hasSize(smoke.noises().size() + 2).contains(0.25, 4.0);
  }

  private static String list(List<? extends Number> numbers) {
    return String.join(
        ",", numbers.stream().map(n -> n.toString().replaceFirst("\\.0$", "")).toList());
  }
}
