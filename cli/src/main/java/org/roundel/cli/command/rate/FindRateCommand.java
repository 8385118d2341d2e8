package org.roundel.cli.command.rate;

import io.micrometer.core.instrument.Clock;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.CommonOptions;
import org.roundel.cli.command.context.OutputFiles;
import org.roundel.cli.command.run.ConfigurationOptions;
import org.roundel.cli.error.ExitCodes;
import org.roundel.core.component.ConfigurationCheck;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.rate.RateCurve;
import org.roundel.core.rate.RateFinder;
import org.roundel.core.rate.RateListener;
import org.roundel.core.rate.RatePoint;
import org.roundel.core.rate.RateRange;
import org.roundel.report.terminal.WorkProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Suggests a learning rate. */
@Command(
    name = "find-rate",
    sortOptions = false,
    customSynopsis = "roundel find-rate [OPTION]...",
    description = {
      "Try learning rates on a net that is thrown away, and suggest one.",
      "The rate grows from update to update until the loss rises. Suggested is a tenth",
      "of the rate at which the smoothed loss was lowest: a first guess, less so where",
      "weights have few values. Schedule and warm-up are left out."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  roundel find-rate",
      "  roundel find-rate --model resnet-20 --optimizer sgd --batch-size 128",
      "  roundel find-rate --config run.yaml --lowest 1e-6 --highest 0.1",
      "  roundel find-rate --recipe resnet-20-1bit-30 --data-dir D --csv rates.csv",
      "",
      "Nothing is recorded but the file of --csv."
    })
public final class FindRateCommand implements Callable<Integer> {
  /** The settings that a run's first updates go by; a file may have the others too. */
  public static final List<org.roundel.api.Option<?>> SETTINGS =
      RunSettings.ALL.stream()
          .filter(
              setting ->
                  !List.of(
                          RunSettings.SCHEDULE,
                          RunSettings.LEARNING_RATE,
                          RunSettings.WARM_UP_EPOCHS,
                          RunSettings.PATIENCE,
                          RunSettings.KEEP_CHECKPOINTS,
                          RunSettings.CHECKPOINT_MINUTES,
                          RunSettings.LATENT_ERROR,
                          RunSettings.EMA_DECAY,
                          RunSettings.ESTIMATE_STATISTICS)
                      .contains(setting))
          .toList();

  private final CommandContext context;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigurationOptions configurationOptions = new ConfigurationOptions();
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--lowest",
      paramLabel = "X",
      defaultValue = "1e-5",
      order = 700,
      description = "rate of the first update (default: ${DEFAULT-VALUE})")
  private double lowest;

  @Option(
      names = "--highest",
      paramLabel = "X",
      defaultValue = "10",
      order = 701,
      description = "rate of the last update (default: ${DEFAULT-VALUE})")
  private double highest;

  @Option(
      names = "--updates",
      paramLabel = "N",
      defaultValue = "200",
      order = 702,
      description = "updates to make (default: ${DEFAULT-VALUE})")
  private int updates;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      order = 703,
      description = {
        "write every update's rate, losses and moves to this",
        "file (.csv) (default: no file)"
      })
  private @Nullable Path csv;

  @Option(names = "--json", order = 704, description = "print one JSON object instead of text")
  private boolean json;

  public FindRateCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    RateRange range = range();
    OutputFiles.check(spec.commandLine(), "--csv", csv, List.of(".csv"));
    Map<String, String> given = configurationOptions.given(spec.commandLine(), context.home());
    PrintStream out = context.terminal().out();
    try (PluginRegistry registry = common.loadAndWarn(context)) {
      RunConfiguration configuration = ConfigurationCheck.of(registry, given);
      RateCurve curve = curve(registry, configuration, range);
      if (json) {
        out.print(RateJson.of(configuration, curve));
      } else {
        RateReport.lines(curve).forEach(out::println);
      }
      out.flush();
      if (csv != null) {
        RateReport.updates(curve).write(csv);
        if (!json) {
          out.println("  updates    " + csv);
        }
      }
    }
    return ExitCodes.OK;
  }

  private RateRange range() {
    try {
      return new RateRange(lowest, highest, updates);
    } catch (IllegalArgumentException notAllowed) {
      throw new ParameterException(spec.commandLine(), notAllowed.getMessage());
    }
  }

  private RateCurve curve(
      PluginRegistry registry, RunConfiguration configuration, RateRange range) {
    try (WorkProgress progress = new WorkProgress(context.terminal().statusLine())) {
      return new RateFinder(registry, Clock.SYSTEM)
          .run(
              configuration,
              range,
              new RateListener() {
                @Override
                public void started(List<String> notices) {
                  tell(configuration, range, notices);
                  progress.start("trying learning rates", range.updates());
                }

                @Override
                public void updated(RatePoint point) {
                  progress.done(point.update());
                }
              });
    }
  }

  /** Says what is going to be tried. */
  private void tell(RunConfiguration configuration, RateRange range, List<String> notices) {
    PrintStream notes = json ? context.terminal().err() : context.terminal().out();
    if (!json) {
      RateReport.heading(configuration, range).forEach(notes::println);
    }
    notices.forEach(notice -> notes.println("note: " + notice));
    notes.flush();
  }
}
