package org.roundel.cli.command.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.CommonOptions;
import org.roundel.cli.error.ExitCodes;
import org.roundel.core.config.DataDirectory;
import org.roundel.core.plugin.ComponentDescriptor;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the datasets and where their files come from. */
@Command(
    name = "list",
    sortOptions = false,
    description = "List the datasets and where their files come from.",
    optionListHeading = "%nOptions:%n")
public final class DataListCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--json", description = "print one JSON object instead of a table")
  private boolean json;

  public DataListCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (PluginRegistry registry = common.loadAndWarn(context)) {
      List<ComponentDescriptor> datasets =
          registry.components().stream()
              .filter(component -> component.factory() instanceof DatasetFactory)
              .toList();
      if (json) {
        context.terminal().out().print(DataJson.list(datasets));
        return ExitCodes.OK;
      }
      Table<ComponentDescriptor> table =
          new Table<>(
              List.of(
                  Column.terminal("NAME", ComponentDescriptor::displayName),
                  Column.terminal("FILES", DataListCommand::files),
                  Column.terminal("USUAL DIRECTORY", DataListCommand::directory)),
              datasets);
      if (table.isEmpty()) {
        context.terminal().out().println("No plugin offers a dataset.");
      } else {
        table.lines().forEach(context.terminal().out()::println);
      }
    }
    return ExitCodes.OK;
  }

  private static String files(ComponentDescriptor component) {
    DatasetFactory dataset = (DatasetFactory) component.factory();
    if (!dataset.needsDirectory()) {
      return "none needed";
    }
    return dataset.downloads().isEmpty() ? "your own" : "data fetch";
  }

  private static String directory(ComponentDescriptor component) {
    if (!((DatasetFactory) component.factory()).needsDirectory()) {
      return "";
    }
    Path directory = DataDirectory.usual(component.name());
    return Files.isDirectory(directory) ? directory.toString() : directory + " (not there)";
  }
}
