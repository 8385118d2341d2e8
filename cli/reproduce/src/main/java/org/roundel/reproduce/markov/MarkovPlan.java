package org.roundel.reproduce.markov;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.roundel.reproduce.experiment.Numbers;
import org.roundel.reproduce.theory.MarkovChain;

/**
 * What {@link MarkovExperiment} looks at.
 *
 * @param source the file that the chain is from, or {@link #EXAMPLE}
 * @param chain before its moves are scaled
 * @param factor what the moves are scaled by, within what the chain allows
 * @param epsilon the total variation at which a chain counts as mixed, in (0, 1)
 */
public record MarkovPlan(String source, MarkovChain chain, double factor, double epsilon) {
  /** The source of the paper's chain. */
  public static final String EXAMPLE = "the paper's example";

  /** Returns the three states A, B, C of Li et al. 2017. */
  public static MarkovChain example() {
    return MarkovChain.of(
        List.of("A", "B", "C"), new double[][] {{.6, .2, .2}, {.4, .2, .4}, {.6, .2, .2}});
  }

  /** Returns whether this is what the paper shows: its example, with moves halved. */
  boolean isThePapers() {
    return source.equals(EXAMPLE) && factor == 0.5;
  }

  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("experiment", "markov");
    settings.put("chain", source);
    settings.put("scale-moves", Numbers.plain(factor));
    settings.put("epsilon", Numbers.plain(epsilon));
    return settings;
  }
}
