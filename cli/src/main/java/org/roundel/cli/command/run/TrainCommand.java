package org.roundel.cli.command.run;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MessageText;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.CommonOptions;
import org.roundel.cli.error.ErrorReporter;
import org.roundel.cli.error.ExitCodes;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.component.Components;
import org.roundel.core.component.ConfigurationCheck;
import org.roundel.core.config.ConfigurationFile;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.record.RunManifest;
import org.roundel.core.run.RunPlace;
import org.roundel.core.shard.ClusterPass;
import org.roundel.core.training.NewRun;
import org.roundel.sweep.work.SweepDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
      "  roundel train --recipe resnet-20-1bit-30 --data-dir D",
      "  roundel train --config run.yaml --seed 7",
      "  roundel train --from runs/x/manifest.json",
      "  roundel train --epochs 200 --run-dir runs/x --resume-if-exists",
      "",
      "'roundel list' shows the names, 'roundel describe NAME' their options.",
      "Ctrl-C writes a checkpoint; 'roundel resume' goes on from it. A job script",
      "calls the last example: it starts the run or goes on with it, and can be",
      "called again and again."
    })
public final class TrainCommand implements Callable<Integer> {
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

  @Option(
      names = "--resume-if-exists",
      order = 701,
      description = {
        "start the run in DIR, or go on with it; a finished",
        "one has nothing left to do"
      })
  private boolean resumeIfExists;

  @Option(
      names = "--dry-run",
      order = 702,
      description = {"check all as a run would, say what would be", "trained, and write nothing"})
  private boolean rehearses;

  @Option(
      names = "--print-config",
      order = 703,
      description = {"print every setting as YAML for --config, and", "train nothing"})
  private boolean printsConfiguration;

  public TrainCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    CommandSpec command = Objects.requireNonNull(spec);
    Map<String, String> given = configurationOptions.given(command.commandLine(), context.home());
    if (runOptions.master() != null) {
      // Not one for each processor of this machine, which computes nothing.
      given.putIfAbsent(RunSettings.THREADS.name(), "1");
    }
    Path directory = runDirectory;
    if (resumeIfExists && directory == null) {
      throw new ParameterException(
          command.commandLine(), "--resume-if-exists needs --run-dir DIR, to find the run by");
    }
    if (rehearses && printsConfiguration) {
      throw new ParameterException(
          command.commandLine(), "--dry-run and --print-config are two things; give one");
    }
    if (rehearses && resumeIfExists) {
      throw new ParameterException(
          command.commandLine(),
          "--dry-run is of a new run; leave out --resume-if-exists, or --dry-run");
    }
    if (directory != null) {
      requireNoSweep(directory);
    }
    runOptions.begin(context.terminal());
    Path manifest = configurationOptions.manifest().orElse(null);
    try (PluginRegistry registry = common.loadAndWarn(context)) {
      if (manifest != null) {
        RunManifest.read(manifest).requirePlugins(registry, given);
      }
      RunConfiguration configuration = ConfigurationCheck.of(registry, given);
      if (runOptions.master() != null) {
        ClusterPass.requireParts(configuration.get(RunSettings.SHARDS));
      }
      if (printsConfiguration) {
        print(configuration, Components.find(registry, configuration), manifest);
        return ExitCodes.OK;
      }
      RunPlace place =
          directory == null
              ? RunPlace.fresh(
                  Path.of("runs"), RunDirectoryNames.name(configuration, context.clock()))
              : RunPlace.at(directory);
      NewRun run = new NewRun(configuration, manifest, place);
      RunExecution execution = new RunExecution(context, registry, runOptions, command);
      if (rehearses) {
        execution.check();
        new Rehearsal(context, registry, runOptions).of(run);
        return ExitCodes.OK;
      }
      return execution.execute(
          (trainer, listener, stop) ->
              resumeIfExists && directory != null
                  ? trainer.trainOrResume(run, directory, listener, stop)
                  : trainer.train(run, listener, stop));
    }
  }

  /** A run among the files of a sweep would be none of its cells, and in the way of those. */
  private static void requireNoSweep(Path directory) {
    if (SweepDirectory.isAt(directory)) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "the directory "
              + directory
              + " holds a sweep, whose runs are directories in it. Choose another directory, or"
              + " train the sweep's cells:\n  roundel work "
              + MessageText.shellWord(directory));
    }
  }

  /** Prints all settings; a file of them holds from a run's start, so it cannot say all of some. */
  private void print(
      RunConfiguration configuration, Components components, @Nullable Path manifest) {
    if (manifest != null && !RunManifest.read(manifest).configurations().changes().isEmpty()) {
      new ErrorReporter(context.terminal(), false)
          .print(
              "warning: the settings of that run were changed in its course, which --from repeats"
                  + " and these, which hold from the start, do not");
    }
    PrintStream out = context.terminal().out();
    out.print(ConfigurationFile.toYaml(configuration.resolved()));
    Map<String, String> defaults = components.defaults();
    if (!defaults.isEmpty()) {
      // Not as if they were given: for some components that means something.
      out.println("# Options of the components that are as they are by default:");
      ConfigurationFile.toYaml(defaults).lines().forEach(line -> out.println("# " + line));
    }
  }
}
