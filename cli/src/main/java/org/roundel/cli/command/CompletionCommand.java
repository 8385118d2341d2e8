package org.roundel.cli.command;

import java.util.concurrent.Callable;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.CommonOptions;
import org.roundel.cli.completion.CompletionScript;
import org.roundel.cli.completion.Shell;
import org.roundel.cli.error.ExitCodes;
import org.roundel.cli.recipe.Recipes;
import org.roundel.core.plugin.PluginRegistry;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes the script that lets a shell complete commands, options and components' names. */
@Command(
    name = "completion",
    sortOptions = false,
    description = "Print a script that makes bash, zsh or fish complete the command line.",
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(roundel completion)           bash and zsh",
      "  roundel completion fish | source       fish",
      "",
      "Put that line into ~/.bashrc, ~/.zshrc or ~/.config/fish/config.fish to have it",
      "in every shell. Commands, options, names of components and recipes, keys of",
      "--set, runs and checkpoints are completed; names are those that there were when",
      "the script was made."
    })
final class CompletionCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "SHELL",
      converter = Shell.Words.class,
      completionCandidates = Shell.Words.class,
      description = "${COMPLETION-CANDIDATES} (default: bash, whose script is zsh's too)")
  private Shell shell = Shell.BASH;

  CompletionCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (PluginRegistry registry = common.loadAndWarn(context)) {
      CommandLine root = RoundelCommand.commandLine(context);
      context
          .terminal()
          .out()
          .print(CompletionScript.of(shell, root, registry, Recipes.of(context.home())));
    }
    return ExitCodes.OK;
  }
}
