package org.roundel.cli.command.reproduce;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.roundel.cli.command.context.CommandContext;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.reproduce.markov.MarkovExperiment;
import org.roundel.reproduce.markov.MarkovPlan;
import org.roundel.reproduce.theory.MarkovChain;
import org.roundel.reproduce.theory.MarkovChainFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The chain whose moves are scaled. */
@Command(
    name = "markov",
    sortOptions = false,
    customSynopsis = "roundel reproduce markov [OPTION]...",
    description = {
      "Scale all moves of a Markov chain, the paper's or one of your own.",
      "Its stationary law stays as it is, and it only takes longer to mix."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nA chain in a file:%n",
    footer = {
      "  # from each state in turn: the probability of each state to follow",
      "  A   B   C",
      "  0.6 0.2 0.2",
      "  0.4 0.2 0.4",
      "  0.6 0.2 0.2",
      "",
      "Nothing is random here: --scale and --seeds change nothing.",
      "",
      "Examples:",
      "  roundel reproduce markov",
      "  roundel reproduce markov --scale-moves 0.1",
      "  roundel reproduce markov --chain chain.txt --epsilon 0.01 --out mine"
    })
public final class ReproduceMarkovCommand implements Callable<Integer> {
  private final CommandContext context;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private ReproduceOptions options = new ReproduceOptions();

  @Option(
      names = "--chain",
      paramLabel = "FILE",
      order = 100,
      description = {
        "a chain of up to 500 states, a row of its matrix per",
        "line (default: the paper's)"
      })
  private @Nullable Path chain;

  @Option(
      names = "--scale-moves",
      paramLabel = "X",
      defaultValue = "0.5",
      order = 101,
      description = {
        "multiply the probability of every move by this;",
        "staying makes up the rest (default: ${DEFAULT-VALUE})"
      })
  private double factor;

  @Option(
      names = "--epsilon",
      paramLabel = "X",
      defaultValue = "0.05",
      order = 102,
      description = {
        "mixed means: this near to the stationary law in total",
        "variation (default: ${DEFAULT-VALUE})"
      })
  private double epsilon;

  public ReproduceMarkovCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    if (!(epsilon > 0 && epsilon < 1)) {
      throw refused("option '--epsilon' is " + epsilon + "; allowed: above 0 and below 1");
    }
    if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
      throw refused("option '--scale-moves' is " + factor + "; allowed: above 0");
    }
    MarkovChain before = chain == null ? MarkovPlan.example() : MarkovChainFile.read(chain);
    if (factor > before.greatestFactor()) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          String.format(
              Locale.ROOT,
              "the moves of this chain cannot be scaled by --scale-moves %s; allowed: above 0, at"
                  + " most %s, where the state that moves most no longer stays where it is",
              factor,
              before.greatestFactor()));
    }
    String source = chain == null ? MarkovPlan.EXAMPLE : chain.toString();
    MarkovPlan plan = new MarkovPlan(source, before, factor, epsilon);
    return options.run(context, List.of(new MarkovExperiment(plan)));
  }

  private ParameterException refused(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }
}
