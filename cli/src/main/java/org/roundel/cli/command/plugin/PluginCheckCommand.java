package org.roundel.cli.command.plugin;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.roundel.api.ComponentFactory;
import org.roundel.api.Option;
import org.roundel.api.model.InputShape;
import org.roundel.cli.check.CheckRequest;
import org.roundel.cli.check.ComponentCheck;
import org.roundel.cli.check.RuleResult;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.error.ExitCodes;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.natives.NativeLibraries;
import org.roundel.core.plugin.ComponentDescriptor;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.Selected;
import org.roundel.core.plugin.failure.PluginFailure;
import org.roundel.core.plugin.load.PluginLoader;
import org.roundel.core.text.FuzzyMatcher;
import org.roundel.report.terminal.Paragraph;
import org.roundel.report.terminal.Terminal;
import org.roundel.report.terminal.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Checks every component of a plugin by the rules of the contract kit. */
@Command(
    name = "check",
    sortOptions = false,
    description = "Check every component in a plugin's JAR by the rules of its kind.",
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  roundel plugin check power-of-two.jar",
      "  roundel plugin check nets.jar --input 1x28x28 --set width=4",
      "",
      "Each option is tried at both ends of its range too. Below a rule that is broken",
      "stands what broke it; the exit code is 4 then."
    })
public final class PluginCheckCommand implements Callable<Integer> {
  /** Rules take seconds; who needs a hundred times that hangs. */
  private static final Duration RULE_LIMIT = Duration.ofMinutes(3);

  private static final String DETAIL_INDENT = "          ";

  private final CommandContext context;

  @Parameters(
      paramLabel = "JAR",
      description = "the plugin: its JAR, or the directory that holds its JARs")
  private Path location = Path.of("");

  @picocli.CommandLine.Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = {
        "check with this value of an option, instead of at",
        "its default and edges; may be given many times"
      })
  private Map<String, String> values = new LinkedHashMap<>();

  @picocli.CommandLine.Option(
      names = "--input",
      paramLabel = "CxHxW",
      converter = InputShapes.class,
      description = "the images that nets are checked with (default: ${DEFAULT-VALUE})")
  private InputShape input = new InputShape(3, 32, 32);

  @picocli.CommandLine.Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = {
        "where a dataset's files are (default:",
        ".roundel/data/NAME in the home directory)"
      })
  private @Nullable Path dataDirectory;

  public PluginCheckCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Map<RuleResult.Outcome, Integer> counts = new EnumMap<>(RuleResult.Outcome.class);
    try (PluginRegistry registry = PluginLoader.loadOne(location.toAbsolutePath().normalize())) {
      requireDeclared(registry);
      // Else the plugin would be blamed for what the installation lacks.
      NativeLibraries.load();
      CheckRequest request =
          new CheckRequest(
              values,
              input,
              dataDirectory == null ? null : dataDirectory.toAbsolutePath().normalize());
      PrintStream out = context.terminal().out();
      for (ComponentDescriptor component : registry.components()) {
        Selected<? extends ComponentFactory> selected =
            registry.find(component.kind(), component.exampleName());
        out.println(component.kind().word() + " " + component.exampleName());
        String said = "";
        for (RuleResult result : new ComponentCheck(selected, request, RULE_LIMIT).results()) {
          // What is missing for several rules in a row is said once.
          print(out, result, said);
          said = result.detail();
          counts.merge(result.outcome(), 1, Integer::sum);
        }
        out.println();
      }
      out.println(summary(counts));
      requireLoaded(registry.failures());
    }
    return counts.containsKey(RuleResult.Outcome.FAILED) ? ExitCodes.PLUGIN : ExitCodes.OK;
  }

  /** Refuses a value for an option that no component has: it would have no effect. */
  private void requireDeclared(PluginRegistry registry) {
    requireSome(registry);
    Set<String> declared = new TreeSet<>();
    for (ComponentDescriptor component : registry.components()) {
      component.options().stream().map(Option::name).forEach(declared::add);
      component.nameOptions().stream().map(Option::name).forEach(declared::add);
    }
    for (String key : values.keySet()) {
      if (!declared.contains(key)) {
        throw new RoundelException(
            ErrorKind.CONFIGURATION,
            String.format(
                Locale.ROOT,
                "--set: no component of %s has an option '%s'%s",
                location,
                key,
                FuzzyMatcher.withAllowed(
                    FuzzyMatcher.suggestion(key, List.copyOf(declared)),
                    declared.isEmpty() ? "none" : String.join(", ", declared))));
      }
    }
  }

  private static void requireSome(PluginRegistry registry) {
    if (registry.components().isEmpty()) {
      requireLoaded(registry.failures());
    }
  }

  private static void requireLoaded(List<PluginFailure> failures) {
    if (!failures.isEmpty()) {
      throw new RoundelException(
          ErrorKind.PLUGIN,
          String.join("\n", failures.stream().map(PluginFailure::message).toList()));
    }
  }

  private static void print(PrintStream out, RuleResult result, String said) {
    String word = result.outcome().name();
    out.printf(
        Locale.ROOT,
        "  %-7s %s%n",
        result.outcome() == RuleResult.Outcome.FAILED ? word : word.toLowerCase(Locale.ROOT),
        result.rule());
    if (!result.detail().isEmpty() && !result.detail().equals(said)) {
      int width = Terminal.DEFAULT_COLUMNS - DETAIL_INDENT.length();
      for (String line : Paragraph.wrap(result.detail(), width)) {
        out.println(DETAIL_INDENT + line);
      }
    }
  }

  private String summary(Map<RuleResult.Outcome, Integer> counts) {
    return String.format(
        Locale.ROOT,
        "%s: %s passed, %s failed, %s skipped",
        location,
        Texts.count(counts.getOrDefault(RuleResult.Outcome.PASSED, 0)),
        Texts.count(counts.getOrDefault(RuleResult.Outcome.FAILED, 0)),
        Texts.count(counts.getOrDefault(RuleResult.Outcome.SKIPPED, 0)));
  }

  /** Reads the shape of an image. */
  static final class InputShapes implements ITypeConverter<InputShape> {
    @Override
    public InputShape convert(String text) {
      if (!text.matches("[1-9][0-9]{0,4}x[1-9][0-9]{0,4}x[1-9][0-9]{0,4}")) {
        throw new TypeConversionException(
            "'"
                + text
                + "' is no shape of an image; allowed: channels, height and width, as 3x32x32");
      }
      String[] sizes = text.split("x", -1);
      return new InputShape(
          Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]), Integer.parseInt(sizes[2]));
    }
  }
}
