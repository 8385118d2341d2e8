package org.roundel.cli.command.bench;

import io.micrometer.core.instrument.Clock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.roundel.cli.benchmark.Benchmark;
import org.roundel.cli.benchmark.Benchmark.Extra;
import org.roundel.cli.benchmark.BenchmarkJson;
import org.roundel.cli.benchmark.BenchmarkListener;
import org.roundel.cli.benchmark.BenchmarkResult;
import org.roundel.cli.benchmark.BenchmarkedNet;
import org.roundel.cli.benchmark.MachineSpeed;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.CommonOptions;
import org.roundel.cli.command.run.ConfigurationOptions;
import org.roundel.cli.error.ExitCodes;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.component.ConfigurationCheck;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.run.IoFailure;
import org.roundel.report.terminal.WorkProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures how fast a net trains and runs. */
@Command(
    name = "bench",
    sortOptions = false,
    customSynopsis = "roundel bench [OPTION]...",
    description = "Measure how fast a net trains and runs on this machine.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  roundel bench",
      "  roundel bench --model resnet-20 --quantizer stochastic-rounding --steps 50",
      "  roundel bench --model vgg-9 --dataset synthetic --batch-size 64 --layers",
      "  roundel bench --config runs/x/config.yaml --json speed.json",
      "",
      "Nothing is recorded but the file of --json."
    })
public final class BenchCommand implements Callable<Integer> {
  /** The settings that decide what a step is; a configuration file may have the others too. */
  public static final List<org.roundel.api.Option<?>> SETTINGS =
      RunSettings.ALL.stream()
          .filter(
              setting ->
                  !List.of(
                          RunSettings.SCHEDULE,
                          RunSettings.EPOCHS,
                          RunSettings.WARM_UP_EPOCHS,
                          RunSettings.VALIDATION,
                          RunSettings.PATIENCE,
                          RunSettings.INITIAL_WEIGHTS,
                          RunSettings.KEEP_CHECKPOINTS,
                          RunSettings.CHECKPOINT_MINUTES,
                          RunSettings.LATENT_ERROR,
                          RunSettings.ESTIMATE_STATISTICS)
                      .contains(setting))
          .toList();

  private static final String STANDARD_OUTPUT = "-";
  private static final int MOST_STEPS = 1_000_000;

  private final CommandContext context;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private ConfigurationOptions configurationOptions = new ConfigurationOptions();
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "20",
      order = 700,
      description = "steps to measure (default: ${DEFAULT-VALUE})")
  private int steps;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "5",
      order = 701,
      description = "steps to make before (default: ${DEFAULT-VALUE})")
  private int warmUp;

  @Option(
      names = "--layers",
      order = 702,
      description = {
        "also measure each layer of a training step:",
        "what computes it, how fast, and what else could"
      })
  private boolean layers;

  @Option(
      names = "--reading",
      order = 703,
      description = {
        "also measure how fast training images are read",
        "by 1, 2, 4 and so on threads, and nothing else"
      })
  private boolean reading;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      order = 704,
      description = {"write the figures to this file as JSON;", "with - print them, and no table"})
  private @Nullable Path json;

  public BenchCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    requireRange("--steps", steps, 1);
    requireRange("--warm-up", warmUp, 0);
    Map<String, String> given =
        configurationOptions.given(Objects.requireNonNull(spec).commandLine(), context.home());
    PrintStream out = context.terminal().out();
    requireWritable();
    boolean printsJson = json != null && json.toString().equals(STANDARD_OUTPUT);
    try (PluginRegistry registry = common.loadAndWarn(context)) {
      RunConfiguration configuration = ConfigurationCheck.of(registry, given);
      BenchReport report = new BenchReport(configuration, warmUp, steps);
      Benchmark benchmark = new Benchmark(registry, Clock.SYSTEM);
      BenchmarkResult result;
      try (WorkProgress progress = new WorkProgress(context.terminal().statusLine())) {
        result =
            benchmark.run(
                configuration,
                warmUp,
                steps,
                extras(),
                new BenchmarkListener() {
                  @Override
                  public void started(BenchmarkedNet net) {
                    if (!printsJson) {
                      report.heading(net).forEach(out::println);
                      out.flush();
                    }
                  }

                  @Override
                  public void progressed(String what, long done, long all) {
                    if (done == 0) {
                      progress.start(what, all);
                    }
                    progress.now(what);
                    progress.done(done);
                  }
                });
      }
      // After the net, because what this needs of memory is not the net's.
      MachineSpeed machine = MachineSpeed.measure(System::nanoTime);
      if (!printsJson) {
        report.lines(result, machine).forEach(out::println);
      }
      if (json != null) {
        String text = BenchmarkJson.of(configuration, result, machine);
        if (printsJson) {
          out.print(text);
        } else {
          write(json, text);
        }
      }
    }
    return ExitCodes.OK;
  }

  private Set<Extra> extras() {
    Set<Extra> extras = EnumSet.noneOf(Extra.class);
    if (layers) {
      extras.add(Extra.LAYERS);
    }
    if (reading) {
      extras.add(Extra.READING);
    }
    return extras;
  }

  private void requireRange(String option, int value, int least) {
    if (value < least || value > MOST_STEPS) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          option + " is " + value + "; allowed: " + least + " to " + MOST_STEPS);
    }
  }

  /** Minutes of measuring are not to end in a misspelt path. */
  private void requireWritable() {
    if (json == null) {
      return;
    }
    Path directory = json.toAbsolutePath().getParent();
    String fault = "";
    if (Files.isDirectory(json)) {
      fault = "it is a directory";
    } else if (directory == null || !Files.isDirectory(directory)) {
      fault = "its directory does not exist";
    } else if (!Files.isWritable(Files.exists(json) ? json : directory)) {
      fault = "permission denied";
    }
    if (!fault.isEmpty()) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          String.format(
              Locale.ROOT,
              "the figures cannot be written to %s: %s. Name a file in a directory that there is"
                  + " and that you may write, or - to print them.",
              json,
              fault));
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException unwritable) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          String.format(
              Locale.ROOT,
              "the figures could not be written to %s: %s. %s",
              file,
              IoFailure.reason(unwritable, file.toAbsolutePath().getParent()),
              IoFailure.WRITE_ADVICE),
          unwritable);
    }
  }
}
