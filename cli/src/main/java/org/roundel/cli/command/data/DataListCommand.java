package org.roundel.cli.command.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.CommonOptions;
import org.roundel.cli.error.ExitCodes;
import org.roundel.core.config.DataDirectory;
import org.roundel.core.plugin.ComponentDescriptor;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.report.terminal.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the datasets and where their files come from. */
@Command(
    name = "list",
    sortOptions = false,
    description = "List the datasets and where their files come from.",
    optionListHeading = "%nOptions:%n")
public final class DataListCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private CommonOptions common = new CommonOptions();

  public DataListCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (PluginRegistry registry = common.loadAndWarn(context)) {
      Table table = new Table("NAME", "FILES", "USUAL DIRECTORY");
      for (ComponentDescriptor component : registry.components()) {
        if (component.factory() instanceof DatasetFactory dataset) {
          add(table, component, dataset);
        }
      }
      if (table.isEmpty()) {
        context.terminal().out().println("No plugin offers a dataset.");
      } else {
        table.lines().forEach(context.terminal().out()::println);
      }
    }
    return ExitCodes.OK;
  }

  private static void add(Table table, ComponentDescriptor component, DatasetFactory dataset) {
    if (!dataset.needsDirectory()) {
      table.add(component.displayName(), "none needed", "");
      return;
    }
    String files = dataset.downloads().isEmpty() ? "your own" : "data fetch";
    Path directory = DataDirectory.usual(component.name());
    String state = Files.isDirectory(directory) ? directory.toString() : directory + " (not there)";
    table.add(component.displayName(), files, state);
  }
}
