package org.roundel.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.CommonOptions;
import org.roundel.cli.error.ExitCodes;
import org.roundel.core.plugin.ComponentDescriptor;
import org.roundel.core.plugin.PluginRegistry;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes the script that lets a shell complete commands, options and components' names. */
@Command(
    name = "completion",
    sortOptions = false,
    description = "Print a script that makes bash or zsh complete commands, options and names.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = {
      "  source <(roundel completion)",
      "",
      "Put that line into ~/.bashrc or ~/.zshrc to have it in every shell."
    })
final class CompletionCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private CommonOptions common = new CommonOptions();

  CompletionCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Map<String, List<String>> names = new LinkedHashMap<>();
    try (PluginRegistry registry = common.loadAndWarn(context)) {
      for (ComponentDescriptor component : registry.components()) {
        names
            .computeIfAbsent(component.kind().word(), kind -> new ArrayList<>())
            .add(component.exampleName());
      }
    }
    context
        .terminal()
        .out()
        .print(AutoComplete.bash("roundel", RoundelCommand.commandLine(context, names)));
    return ExitCodes.OK;
  }
}
