package org.roundel.cli.command.reproduce;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.reproduce.TheoryExperiments;
import org.roundel.reproduce.theory.PiecewiseQuadratic;
import org.roundel.reproduce.toy.ToyExperiment;
import org.roundel.reproduce.toy.ToyPlan;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The non-convex problem with one weight. */
@Command(
    name = "toy",
    sortOptions = false,
    customSynopsis = "roundel reproduce toy [OPTION]...",
    description = {
      "Train one weight on a non-convex problem, with ever smaller learning rates.",
      "BinaryConnect settles at the minimum, and stochastic rounding goes on exploring."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nAn objective of your own:%n",
    footer = {
      "  parabolas a*(w-c)^2+b from left to right, each up to a limit but the last;",
      "  a*, c and b may be left out. The paper's, which is the default:",
      "  'w^2+2 if w<1; (w-2.5)^2+0.75 if w<3.5; (w-4.75)^2+0.19'",
      "",
      "Examples:",
      "  roundel reproduce toy",
      "  roundel reproduce toy --rates 0.1,0.03,0.01 --sigma 1 --out quiet",
      "  roundel reproduce toy --objective 'w^2 if w<1; 2*(w-2)^2-1' --start 0"
    })
public final class ReproduceToyCommand implements Callable<Integer> {
  private static final int MOST_ITERATIONS = 100_000_000;
  private static final int MOST_RATES = 20;
  private static final double LEAST_RATE = 1e-9;

  private final CommandContext context;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private ReproduceOptions options = new ReproduceOptions();

  @Option(
      names = "--objective",
      paramLabel = "F",
      order = 100,
      description = "what is minimised, see below (default: the paper's)")
  private @Nullable String objective;

  @Option(
      names = "--delta",
      paramLabel = "X",
      defaultValue = "0.5",
      order = 101,
      description = "the spacing of the weight's grid (default: ${DEFAULT-VALUE})")
  private double delta;

  @Option(
      names = "--sigma",
      paramLabel = "X",
      defaultValue = "2",
      order = 102,
      description = {
        "the standard deviation of the gradient's noise",
        "(default: ${DEFAULT-VALUE})"
      })
  private double sigma;

  @Option(
      names = "--start",
      paramLabel = "X",
      defaultValue = "4",
      order = 103,
      description = "the weight at the start (default: ${DEFAULT-VALUE})")
  private double start;

  @Option(
      names = "--rates",
      paramLabel = "X",
      split = ",",
      splitSynopsisLabel = ",",
      defaultValue = "1,0.1,0.01,0.001",
      order = 104,
      description = "learning rates (default: ${DEFAULT-VALUE})")
  private List<Double> rates = new ArrayList<>();

  @Option(
      names = "--iterations",
      paramLabel = "N",
      defaultValue = "1000000",
      order = 105,
      description = "steps of a simulation (default: ${DEFAULT-VALUE})")
  private int iterations;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      order = 106,
      description = {
        "the first simulation's seed; the next ones count on",
        "(default: ${DEFAULT-VALUE})"
      })
  private long seed;

  public ReproduceToyCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    require("--delta", delta, delta >= 1e-6 && delta <= 1e6, "1e-6 to 1e6");
    require("--sigma", sigma, sigma >= 0 && sigma <= 1e6, "0 to 1e6");
    double farthest = 1e6 * delta;
    require(
        "--start",
        start,
        Math.abs(start) <= farthest,
        "-" + farthest + " to " + farthest + ", a million times --delta");
    require(
        "--iterations",
        iterations,
        iterations >= 1 && iterations <= MOST_ITERATIONS,
        "1 to " + MOST_ITERATIONS);
    for (double rate : rates) {
      require("--rates", rate, rate >= LEAST_RATE && rate <= 1e6, "1e-9 to 1e6 each");
    }
    List<Double> falling = new ArrayList<>(new TreeSet<>(rates));
    Collections.reverse(falling);
    if (falling.isEmpty() || falling.size() > MOST_RATES) {
      throw new ParameterException(
          command,
          "option '--rates' has " + falling.size() + " rates; allowed: 1 to " + MOST_RATES);
    }
    int byDefault = TheoryExperiments.toySeeds(options.scale());
    ToyPlan plan =
        new ToyPlan(
            objective(command),
            delta,
            sigma,
            start,
            falling,
            iterations,
            seed,
            options.seeds(command, byDefault, 1));
    return options.run(context, List.of(new ToyExperiment(plan)));
  }

  private PiecewiseQuadratic objective(CommandLine command) {
    if (objective == null) {
      return PiecewiseQuadratic.paper();
    }
    try {
      return PiecewiseQuadratic.parse(objective);
    } catch (InvalidInputException malformed) {
      throw new ParameterException(command, "option '--objective': " + malformed.getMessage());
    }
  }

  private void require(String option, Number value, boolean holds, String allowed) {
    if (!holds) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "option '" + option + "' is " + value + "; allowed: " + allowed);
    }
  }
}
