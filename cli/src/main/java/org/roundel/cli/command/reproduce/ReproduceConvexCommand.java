package org.roundel.cli.command.reproduce;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.cli.command.context.CommonOptions;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.reproduce.convex.ConvexExperiment;
import org.roundel.reproduce.convex.ConvexSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures quantized descent on convex functions against the bounds. */
@Command(
    name = "convex",
    sortOptions = false,
    customSynopsis = "roundel reproduce convex [OPTION]...",
    description = {
      "Measure quantized descent on convex functions against Theorems 1 to 4.",
      "Stochastic rounding and BinaryConnect minimise quadratics, and a logistic",
      "regression over images."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  roundel reproduce convex",
      "  roundel reproduce convex --scale laptop",
      "  roundel reproduce convex --delta 1,0.5,0.25 --steps 100000 --out DIR"
    })
public final class ReproduceConvexCommand implements Callable<Integer> {
  /** What a spacing and a length of noise may be. */
  private static final String REALS = "1e-6 to 1000";

  private static final int MOST_DIMENSION = 100_000;
  private static final int LEAST_STEPS = 100;
  private static final int MOST_STEPS = 1_000_000_000;

  /** A run's random numbers are a source's 2^34 words, two or more for a normal number. */
  private static final long MOST_WORK = 1L << 32;

  private final CommandContext context;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private ReproduceOptions options = new ReproduceOptions();

  @Option(
      names = "--delta",
      paramLabel = "X",
      split = ",",
      order = 100,
      description = {
        "spacings of the grid (default: 0.5,0.25,0.125,0.0625;",
        "1 and 0.03125 too for laptop and paper)"
      })
  private @Nullable List<Double> deltas;

  @Option(
      names = "--dimension",
      paramLabel = "N",
      split = ",",
      order = 101,
      description = {
        "numbers of weights of the quadratics (default:",
        "16,32,64,128; 4,16,64,256 for laptop and paper)"
      })
  private @Nullable List<Integer> dimensions;

  @Option(
      names = "--noise",
      paramLabel = "X",
      split = ",",
      order = 102,
      description = {
        "lengths of the quadratics' gradient noise: the root",
        "of its expected squared length (default: 0.5,1,2;",
        "0.25 and 4 too for laptop and paper)"
      })
  private @Nullable List<Double> noises;

  @Option(
      names = "--steps",
      paramLabel = "N",
      order = 103,
      description = {"steps of each run (default: 20000; 200000 for laptop,", "1000000 for paper)"})
  private @Nullable Integer steps;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      order = 104,
      description = "first of the seeds (default: ${DEFAULT-VALUE})")
  private long seed;

  @Mixin private CommonOptions common = new CommonOptions();

  public ReproduceConvexCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    ConvexSettings settings = settings();
    ConvexExperiment experiment;
    try (PluginRegistry registry = common.loadAndWarn(context)) {
      experiment = ConvexExperiment.of(settings, registry);
    }
    return options.run(context, List.of(experiment));
  }

  private ConvexSettings settings() {
    int seeds =
        options.seeds(
            Objects.requireNonNull(spec).commandLine(),
            ConvexExperiment.DEFAULT_SEEDS,
            ConvexExperiment.LEAST_SEEDS);
    ConvexSettings usual = ConvexSettings.of(options.scale(), seeds, seed);
    ConvexSettings settings =
        new ConvexSettings(
            deltas == null ? usual.deltas() : deltas,
            dimensions == null ? usual.dimensions() : dimensions,
            noises == null ? usual.noises() : noises,
            steps == null ? usual.steps() : steps,
            seeds,
            seed);
    for (double delta : settings.deltas()) {
      require("--delta", delta, inReals(delta), REALS);
    }
    for (int dimension : settings.dimensions()) {
      require(
          "--dimension",
          dimension,
          dimension >= 1 && dimension <= MOST_DIMENSION,
          "1 to " + MOST_DIMENSION);
    }
    for (double noise : settings.noises()) {
      require("--noise", noise, inReals(noise), REALS);
    }
    require(
        "--steps",
        settings.steps(),
        settings.steps() >= LEAST_STEPS && settings.steps() <= MOST_STEPS,
        LEAST_STEPS + " to " + MOST_STEPS);
    int largest = settings.dimensions().get(settings.dimensions().size() - 1);
    if (settings.steps() * largest > MOST_WORK) {
      throw refused(
          String.format(
              Locale.ROOT,
              "options '--steps' and '--dimension' multiply to %s; allowed: at most %s",
              settings.steps() * largest,
              MOST_WORK));
    }
    return settings;
  }

  private static boolean inReals(double value) {
    return value >= 1e-6 && value <= 1e3;
  }

  private void require(String option, Number value, boolean holds, String allowed) {
    if (!holds) {
      throw refused("option '" + option + "' has " + value + "; allowed: " + allowed);
    }
  }

  private ParameterException refused(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }
}
