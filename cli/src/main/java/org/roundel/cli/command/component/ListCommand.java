package org.roundel.cli.command.component;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.CommonOptions;
import org.roundel.cli.error.ExitCodes;
import org.roundel.core.plugin.ComponentDescriptor;
import org.roundel.core.plugin.ComponentKind;
import org.roundel.core.plugin.PluginDescriptor;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.failure.PluginFailure;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists the components that the plugins offer. */
@Command(
    name = "list",
    sortOptions = false,
    description = "List what can be selected by name, and the plugins it comes from.",
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  roundel list", "  roundel list quantizer"})
public final class ListCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "KIND",
      converter = Kinds.class,
      completionCandidates = Kinds.class,
      description = "only this kind: ${COMPLETION-CANDIDATES}")
  private @Nullable ComponentKind kind;

  public ListCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    PrintStream out = context.terminal().out();
    try (PluginRegistry registry = common.load(context)) {
      Table<ComponentDescriptor> table =
          new Table<>(
              List.of(
                  Column.terminal("KIND", component -> component.kind().word()),
                  Column.terminal("NAME", ComponentDescriptor::displayName),
                  Column.terminal("VERSION", component -> component.plugin().version()),
                  Column.terminal("JAR", component -> jar(component.plugin()))),
              registry.components().stream()
                  .filter(component -> kind == null || component.kind() == kind)
                  .toList());
      if (table.isEmpty()) {
        out.println("No plugin offers a " + (kind == null ? "component" : kind.word()) + ".");
      } else {
        table.lines().forEach(out::println);
      }
      for (PluginFailure failure : registry.failures()) {
        context.terminal().err().println("roundel: warning: plugin " + failure.message());
      }
    }
    return ExitCodes.OK;
  }

  static String jar(PluginDescriptor plugin) {
    Path name = plugin.location().getFileName();
    return (name == null ? plugin.location() : name)
        + (Files.isDirectory(plugin.location()) ? "/" : "");
  }
}
