package org.roundel.cli.command.component;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.roundel.api.Option;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.CommonOptions;
import org.roundel.cli.error.ExitCodes;
import org.roundel.cli.project.ComponentUse;
import org.roundel.cli.recipe.Recipes;
import org.roundel.core.plugin.ComponentDescriptor;
import org.roundel.core.plugin.ComponentKind;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.report.terminal.Paragraph;
import org.roundel.report.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Describes a component. */
@Command(
    name = "describe",
    sortOptions = false,
    description = "Show what a component is and which options it has.",
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  roundel describe stochastic-rounding",
      "  roundel describe resnet-56",
      "  roundel describe quantizer/none",
      "  roundel describe resnet-20-1bit-30"
    })
public final class DescribeCommand implements Callable<Integer> {
  private static final String HELP_INDENT = "  ";
  private static final int VALUE_COLUMN = 34;

  private final CommandContext context;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "NAME",
      description = {
        "its name, or KIND/NAME where two kinds have the same",
        "name; or the name of a recipe"
      })
  private String name = "";

  @picocli.CommandLine.Option(
      names = "--kind",
      paramLabel = "KIND",
      converter = Kinds.class,
      completionCandidates = Kinds.class,
      description = {"its kind: ${COMPLETION-CANDIDATES}", "(default: whichever has it)"})
  private @Nullable ComponentKind kind;

  @picocli.CommandLine.Option(
      names = "--json",
      description = "print one JSON object instead of text")
  private boolean json;

  public DescribeCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Recipes recipes = Recipes.of(context.home());
    if (kind == null && !json && recipes.names().contains(name)) {
      context.terminal().out().print(recipes.text(name));
      return ExitCodes.OK;
    }
    try (PluginRegistry registry = common.load(context)) {
      List<ComponentDescriptor> found = new ComponentSearch(registry).find(name, kind);
      PrintStream out = context.terminal().out();
      if (json) {
        out.print(ComponentJson.describe(found, OwnPlugins.of(context.home())));
        return ExitCodes.OK;
      }
      for (int index = 0; index < found.size(); index++) {
        if (index > 0) {
          out.println();
        }
        print(out, found.get(index));
      }
    }
    return ExitCodes.OK;
  }

  private static void print(PrintStream out, ComponentDescriptor component) {
    String key = component.kind().word();
    print(
        out,
        "",
        String.format(
            Locale.ROOT,
            "%s: %s, version %s, %s",
            component.displayName(),
            key,
            component.plugin().version(),
            ListCommand.jar(component.plugin())));
    print(out, "  ", component.description());
    if (component.isFamily()) {
      out.println();
      out.println("In the name:");
      component.nameOptions().forEach(option -> print(out, option.name(), option));
    }
    out.println();
    if (component.options().isEmpty()) {
      out.println("No options.");
    } else {
      out.println("Options with their defaults; change them with --set:");
      component.options().forEach(option -> print(out, key + "." + option.name(), option));
    }
    out.println();
    String use = "Use: " + use(component);
    if (component.factory() instanceof DatasetFactory dataset && dataset.needsDirectory()) {
      if (dataset.downloads().isEmpty()) {
        use += " --data-dir DIR";
      } else {
        out.println("Get: roundel data fetch " + component.exampleName());
      }
    }
    out.println(use);
  }

  private static String use(ComponentDescriptor component) {
    return ComponentUse.command(component.kind(), component.exampleName());
  }

  private static void print(PrintStream out, String key, Option<?> option) {
    String assignment = key + "=" + option.defaultText();
    String value = value(option);
    int room = Terminal.DEFAULT_COLUMNS - 2 * HELP_INDENT.length();
    if (assignment.length() + value.length() > room) {
      out.println(HELP_INDENT + assignment);
      print(out, HELP_INDENT + HELP_INDENT, value);
    } else {
      int gap =
          Math.min(
              VALUE_COLUMN - assignment.length(), room + 2 - assignment.length() - value.length());
      out.println(HELP_INDENT + assignment + " ".repeat(Math.max(2, gap)) + value);
    }
    print(out, HELP_INDENT + HELP_INDENT, option.help());
  }

  private static String value(Option<?> option) {
    return option.range().startsWith("any ")
        ? option.range()
        : option.type() + " " + option.range();
  }

  private static void print(PrintStream out, String indent, String text) {
    for (String line : Paragraph.wrap(text, Terminal.DEFAULT_COLUMNS - indent.length())) {
      out.println(indent + line);
    }
  }
}
