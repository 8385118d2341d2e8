package org.roundel.cli.command.component;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.CommonOptions;
import org.roundel.cli.error.ErrorReporter;
import org.roundel.cli.error.ExitCodes;
import org.roundel.cli.recipe.Recipes;
import org.roundel.core.plugin.ComponentDescriptor;
import org.roundel.core.plugin.ComponentKind;
import org.roundel.core.plugin.PluginDescriptor;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.failure.PluginFailure;
import org.roundel.report.terminal.Paint;
import org.roundel.report.terminal.Paragraph;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the components that the plugins offer. */
@Command(
    name = "list",
    sortOptions = false,
    description = "List what can be selected by name, with a line on each.",
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  roundel list",
      "  roundel list quantizer",
      "",
      "'roundel describe NAME' tells more of one and its options. What a JAR of yours",
      "in plugins/ added stands at the end."
    })
public final class ListCommand implements Callable<Integer> {
  private static final int GAP = 2;

  private final CommandContext context;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "KIND",
      converter = Kinds.class,
      completionCandidates = Kinds.class,
      description = "only this kind: ${COMPLETION-CANDIDATES}")
  private @Nullable ComponentKind kind;

  @Option(names = "--long", order = 1, description = "also show the version and the JAR of each")
  private boolean longForm;

  @Option(names = "--json", order = 2, description = "print one JSON object instead of tables")
  private boolean json;

  public ListCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    PrintStream out = context.terminal().out();
    OwnPlugins own = OwnPlugins.of(context.home());
    try (PluginRegistry registry = common.load(context)) {
      List<ComponentDescriptor> components =
          registry.components().stream()
              .filter(component -> kind == null || component.kind() == kind)
              .toList();
      if (json) {
        out.print(ComponentJson.list(components, own, registry.failures()));
      } else if (components.isEmpty()) {
        out.println("No plugin offers a " + (kind == null ? "component" : kind.word()) + ".");
      } else {
        print(out, components, own);
      }
      if (kind == null && !json) {
        printRecipes(out);
      }
      ErrorReporter warnings = new ErrorReporter(context.terminal(), false);
      for (PluginFailure failure : registry.failures()) {
        warnings.print("warning: plugin " + failure.message());
      }
    }
    return ExitCodes.OK;
  }

  private void print(PrintStream out, List<ComponentDescriptor> components, OwnPlugins own) {
    Paint paint = context.terminal().paint();
    int width = context.terminal().width();
    ComponentKind before = null;
    int names = 0;
    for (ComponentDescriptor component : components) {
      if (component.kind() != before) {
        out.println((before == null ? "" : "\n") + paint.title(component.kind().word() + "s"));
        before = component.kind();
        names = longestName(components, before);
      }
      String name = component.displayName();
      String gap = " ".repeat(names - name.length() + GAP);
      List<String> lines = new ArrayList<>();
      lines.addAll(Paragraph.wrap(component.description(), width - names - 2 * GAP));
      if (longForm) {
        lines.add("version " + component.plugin().version() + ", " + jar(component.plugin()));
      }
      out.println(" ".repeat(GAP) + paint.command(name) + gap + lines.get(0));
      String indent = " ".repeat(names + 2 * GAP);
      lines.subList(1, lines.size()).forEach(line -> out.println(indent + line));
    }
    Map<String, List<String>> added = added(components, own);
    if (!added.isEmpty()) {
      out.println("\n" + paint.title("added here, not a part of Roundel"));
    }
    added.forEach(
        (jar, offered) ->
            Paragraph.wrap(jar + ": " + String.join(", ", offered), width - GAP)
                .forEach(line -> out.println(" ".repeat(GAP) + paint.good(line))));
  }

  private void printRecipes(PrintStream out) {
    List<String> recipes = Recipes.of(context.home()).names();
    if (recipes.isEmpty()) {
      return;
    }
    out.println("\n" + context.terminal().paint().title("recipes, for train --recipe"));
    Paragraph.wrap(String.join(", ", recipes), context.terminal().width() - GAP)
        .forEach(line -> out.println(" ".repeat(GAP) + line));
  }

  private static int longestName(List<ComponentDescriptor> components, ComponentKind kind) {
    return components.stream()
        .filter(component -> component.kind() == kind)
        .mapToInt(component -> component.displayName().length())
        .max()
        .orElse(0);
  }

  /** Returns what plugins offer that did not come with the program, by their JAR. */
  private static Map<String, List<String>> added(
      List<ComponentDescriptor> components, OwnPlugins own) {
    Map<String, List<String>> added = new LinkedHashMap<>();
    for (ComponentDescriptor component : components) {
      if (own.isAdded(component.plugin())) {
        added
            .computeIfAbsent(jar(component.plugin()), jar -> new ArrayList<>())
            .add(component.kind().word() + " " + component.displayName());
      }
    }
    return added;
  }

  static String jar(PluginDescriptor plugin) {
    Path name = plugin.location().getFileName();
    return (name == null ? plugin.location() : name)
        + (Files.isDirectory(plugin.location()) ? "/" : "");
  }
}
