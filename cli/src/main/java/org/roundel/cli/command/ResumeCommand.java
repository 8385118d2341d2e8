package org.roundel.cli.command;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.roundel.core.plugin.PluginRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Goes on with a run. */
@Command(
    name = "resume",
    sortOptions = false,
    description = "Go on with a run from its newest checkpoint, to the same result.",
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = {
      "  roundel resume runs/x",
      "",
      "The configuration is the run's own. The final weights are, byte for byte, those",
      "of a run that was never stopped."
    })
final class ResumeCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private ThreadsOption threadsOption = new ThreadsOption();
  @Mixin private RunOptions runOptions = new RunOptions();
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "RUN", description = "the run's directory")
  private Path run = Path.of("");

  ResumeCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    OptionalInt threads = threadsOption.threads();
    try (PluginRegistry registry = common.loadAndWarn(context)) {
      return new RunExecution(context, registry, runOptions)
          .execute((trainer, listener, stop) -> trainer.resume(run, threads, listener, stop));
    }
  }
}
