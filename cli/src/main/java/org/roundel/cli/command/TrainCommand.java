package org.roundel.cli.command;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.plugin.PluginRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a net. */
@Command(
    name = "train",
    sortOptions = false,
    customSynopsis = "roundel train [OPTION]...",
    description = "Train a net with quantized weights.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  roundel train",
      "  roundel train --model vgg-9 --quantizer stochastic-rounding --epochs 20",
      "  roundel train --dataset cifar-10 --data-dir D --set quantizer.scale=0.5",
      "  roundel train --config run.yaml --seed 7",
      "  roundel train --from runs/x/manifest.json",
      "",
      "'roundel list' shows the names, 'roundel describe NAME' their options.",
      "Ctrl-C writes a checkpoint; 'roundel resume' goes on from it."
    })
final class TrainCommand implements Callable<Integer> {
  private final CommandContext context;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private ConfigurationOptions configurationOptions = new ConfigurationOptions();
  @Mixin private RunOptions runOptions = new RunOptions();
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--run-dir",
      paramLabel = "DIR",
      order = 700,
      description = "where to record the run (default: runs/TIME-MODEL-QUANTIZER)")
  private @Nullable Path runDirectory;

  TrainCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    CommandSpec command = Objects.requireNonNull(spec);
    RunConfiguration configuration = configurationOptions.configuration(command.commandLine());
    Path directory =
        runDirectory == null
            ? RunDirectoryNames.choose(Path.of("runs"), configuration, context.clock())
            : runDirectory;
    Optional<Path> manifest = configurationOptions.manifest();
    try (PluginRegistry registry = common.loadAndWarn(context)) {
      return new RunExecution(context, registry, runOptions)
          .execute(
              (trainer, listener, stop) ->
                  manifest.isPresent()
                      ? trainer.repeat(manifest.get(), configuration, directory, listener, stop)
                      : trainer.train(configuration, directory, listener, stop));
    }
  }
}
