package org.roundel.cli.command.run;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.CommonOptions;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.plugin.PluginRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Goes on with a run. */
@Command(
    name = "resume",
    sortOptions = false,
    customSynopsis = "roundel resume [OPTION]... RUN",
    description = "Go on with a run from its newest checkpoint, to the same result.",
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  roundel resume runs/x",
      "  roundel resume runs/x --epochs 200",
      "",
      "The configuration is the run's own. The final weights are, byte for byte, those",
      "of a run that was never stopped. What is given here holds from here on and is",
      "recorded, so that 'roundel train --from runs/x' does the same. A schedule that",
      "goes by shares of the run, such as cosine, goes by the new number of epochs."
    })
public final class ResumeCommand implements Callable<Integer> {
  private final CommandContext context;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private RunOptions runOptions = new RunOptions();
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "RUN", description = "the run's directory")
  private Path run = Path.of("");

  public ResumeCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    CommandSpec command = Objects.requireNonNull(spec);
    Map<String, String> changes = SettingOptions.given(command.commandLine());
    // All that is wrong with them is told at once.
    RunConfiguration.of(changes);
    runOptions.begin(context.terminal());
    try (PluginRegistry registry = common.loadAndWarn(context)) {
      return new RunExecution(context, registry, runOptions, command)
          .execute((trainer, listener, stop) -> trainer.resume(run, changes, listener, stop));
    }
  }
}
