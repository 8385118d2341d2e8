package org.roundel.cli.command.reproduce;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.reproduce.TheoryExperiments;
import org.roundel.reproduce.momentum.MomentumExperiment;
import org.roundel.reproduce.momentum.MomentumPlan;
import org.roundel.reproduce.theory.momentum.NoisyQuadratic;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Stochastic rounding's floor by rate, batch and momentum. */
@Command(
    name = "momentum",
    sortOptions = false,
    customSynopsis = "roundel reproduce momentum [OPTION]...",
    description = {
      "Derive what momentum and big batches do for stochastic rounding.",
      "One weight on a quadratic: exact laws of weight and velocity, and simulations.",
      "The rate is that of updates by a mean of gradients: v = beta v + (1-beta) g."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  roundel reproduce momentum",
      "  roundel reproduce momentum --rates 0.001 --betas 0.9,0.95,0.99 --out fine",
      "  roundel reproduce momentum --sigma 1 --delta 2 --minimum 0"
    })
public final class ReproduceMomentumCommand implements Callable<Integer> {
  private static final int LEAST_ITERATIONS = 10_000;
  private static final int MOST_ITERATIONS = 100_000_000;
  private static final int MOST_VALUES = 20;

  private final CommandContext context;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private ReproduceOptions options = new ReproduceOptions();

  @Option(
      names = "--curvature",
      paramLabel = "X",
      defaultValue = "1",
      order = 100,
      description = "the objective's second derivative (default: ${DEFAULT-VALUE})")
  private double curvature;

  @Option(
      names = "--minimum",
      paramLabel = "X",
      defaultValue = "0.3",
      order = 101,
      description = "where the objective is least (default: ${DEFAULT-VALUE})")
  private double minimum;

  @Option(
      names = "--delta",
      paramLabel = "X",
      defaultValue = "1",
      order = 102,
      description = "the spacing of the weight's grid (default: ${DEFAULT-VALUE})")
  private double delta;

  @Option(
      names = "--sigma",
      paramLabel = "X",
      defaultValue = "4",
      order = 103,
      description = {
        "the standard deviation of the noise of one gradient",
        "(default: ${DEFAULT-VALUE})"
      })
  private double sigma;

  @Option(
      names = "--rates",
      paramLabel = "X",
      split = ",",
      splitSynopsisLabel = ",",
      defaultValue = "0.01,0.001",
      order = 104,
      description = "learning rates (default: ${DEFAULT-VALUE})")
  private List<Double> rates = new ArrayList<>();

  @Option(
      names = "--betas",
      paramLabel = "X",
      split = ",",
      splitSynopsisLabel = ",",
      order = 105,
      description = {
        "momenta; 0 is always among them (default:",
        "0,0.5,0.9,0.99,0.999; five more for laptop and paper)"
      })
  private @Nullable List<Double> betas;

  @Option(
      names = "--batches",
      paramLabel = "N",
      split = ",",
      splitSynopsisLabel = ",",
      defaultValue = "1,4,16,64,256",
      order = 106,
      description = "batch sizes (default: ${DEFAULT-VALUE})")
  private List<Integer> batches = new ArrayList<>();

  @Option(
      names = "--iterations",
      paramLabel = "N",
      defaultValue = "1000000",
      order = 107,
      description = "updates of a simulation (default: ${DEFAULT-VALUE})")
  private int iterations;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      order = 108,
      description = {
        "the first simulation's seed; the next ones count on",
        "(default: ${DEFAULT-VALUE})"
      })
  private long seed;

  /** Makes it. */
  public ReproduceMomentumCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    require(
        "--iterations",
        iterations,
        iterations >= LEAST_ITERATIONS && iterations <= MOST_ITERATIONS,
        LEAST_ITERATIONS + " to " + MOST_ITERATIONS);
    for (int batch : batches) {
      require("--batches", batch, batch >= 1, "1 or more each");
    }
    TreeSet<Double> momenta =
        new TreeSet<>(betas == null ? MomentumPlan.momenta(options.scale()) : betas);
    momenta.add(0.0);
    requireCount("--rates", rates);
    requireCount("--betas", momenta);
    requireCount("--batches", batches);
    MomentumPlan plan =
        new MomentumPlan(
            new NoisyQuadratic(curvature, minimum, delta, sigma),
            List.copyOf(new TreeSet<>(rates).descendingSet()),
            List.copyOf(momenta),
            List.copyOf(new TreeSet<>(batches)),
            iterations,
            seed,
            options.seeds(command, TheoryExperiments.toySeeds(options.scale()), 1));
    return options.run(context, List.of(new MomentumExperiment(plan)));
  }

  private void requireCount(String option, Collection<?> values) {
    require(
        option,
        values.size() + " values",
        !values.isEmpty() && values.size() <= MOST_VALUES,
        "1 to " + MOST_VALUES);
  }

  private void require(String option, Object value, boolean holds, String allowed) {
    if (!holds) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "option '" + option + "' has " + value + "; allowed: " + allowed);
    }
  }
}
