package org.roundel.reproduce;

import java.util.List;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.reproduce.convex.ConvexExperiment;
import org.roundel.reproduce.convex.ConvexSettings;
import org.roundel.reproduce.experiment.Experiment;
import org.roundel.reproduce.experiment.Scale;
import org.roundel.reproduce.markov.MarkovExperiment;
import org.roundel.reproduce.markov.MarkovPlan;
import org.roundel.reproduce.momentum.MomentumExperiment;
import org.roundel.reproduce.momentum.MomentumPlan;
import org.roundel.reproduce.theory.PiecewiseQuadratic;
import org.roundel.reproduce.theory.momentum.NoisyQuadratic;
import org.roundel.reproduce.toy.ToyExperiment;
import org.roundel.reproduce.toy.ToyPlan;

/** The theory lab as the paper has it: what the experiments do where the user sets nothing. */
public final class TheoryExperiments {
  private static final long FIRST_SEED = 1;

  private TheoryExperiments() {}

  /** Returns how many simulations the toy problem and momentum have where the user did not say. */
  public static int toySeeds(Scale scale) {
    return scale == Scale.SMOKE ? 5 : 20;
  }

  /**
   * Returns the toy problem, the Markov chain, the convex problems and momentum.
   *
   * @param plugins give the images that logistic regression learns from
   */
  public static List<Experiment> of(Scale scale, PluginRegistry plugins) {
    ToyPlan toy =
        new ToyPlan(
            PiecewiseQuadratic.paper(),
            0.5,
            2,
            4,
            List.of(1.0, 0.1, 0.01, 0.001),
            1_000_000,
            FIRST_SEED,
            toySeeds(scale));
    MarkovPlan markov = new MarkovPlan(MarkovPlan.EXAMPLE, MarkovPlan.example(), 0.5, 0.05);
    ConvexSettings convex = ConvexSettings.of(scale, ConvexExperiment.DEFAULT_SEEDS, FIRST_SEED);
    MomentumPlan momentum =
        new MomentumPlan(
            new NoisyQuadratic(1, 0.3, 1, 4),
            List.of(0.01, 0.001),
            MomentumPlan.momenta(scale),
            List.of(1, 4, 16, 64, 256),
            1_000_000,
            FIRST_SEED,
            toySeeds(scale));
    return List.of(
        new ToyExperiment(toy),
        new MarkovExperiment(markov),
        ConvexExperiment.of(convex, plugins),
        new MomentumExperiment(momentum));
  }
}
