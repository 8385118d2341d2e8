package org.roundel.reproduce.momentum;

import java.util.ArrayList;
import java.util.List;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.reproduce.experiment.Estimate;
import org.roundel.reproduce.experiment.Workspace;
import org.roundel.reproduce.theory.momentum.LazyLaw;
import org.roundel.reproduce.theory.momentum.MomentumFloor;
import org.roundel.reproduce.theory.momentum.MomentumLaw;
import org.roundel.reproduce.theory.momentum.MomentumSettings;
import org.roundel.reproduce.theory.momentum.MomentumSimulation;
import org.roundel.reproduce.theory.momentum.NoisyQuadratic;
import org.roundel.reproduce.theory.momentum.UpdateRule;

/**
 * All that {@link MomentumExperiment} computes.
 *
 * @param points by rate, and in it by momentum
 * @param batches by batch, without noise at the end
 */
record Results(MomentumPlan plan, List<Point> points, List<BatchPoint> batches) {
  /** Computes everything, or as much as there is time for before it is told to stop. */
  static Results compute(MomentumPlan plan, Workspace workspace) {
    Results results = new Results(plan, new ArrayList<>(), new ArrayList<>());
    int total = plan.rates().size() * plan.momenta().size() + plan.batches().size();
    workspace.progress().start("laws and simulations", total);
    for (double rate : plan.rates()) {
      for (double momentum : plan.momenta()) {
        if (workspace.stop().getAsBoolean()) {
          return results;
        }
        results.addPoint(plan.settings(rate, momentum));
        workspace.progress().done(results.points.size());
      }
    }
    for (int batch : plan.batches()) {
      if (workspace.stop().getAsBoolean()) {
        return results;
      }
      results.addBatch(batch);
      workspace.progress().done(results.points.size() + results.batches.size());
    }
    results.addBatch(Double.POSITIVE_INFINITY);
    workspace.progress().close();
    return results;
  }

  private void addPoint(MomentumSettings settings) {
    MomentumLaw exact = MomentumLaw.of(settings);
    NoisyQuadratic quiet = settings.problem().withNoise(settings.velocityNoise());
    double[] moves = new double[1];
    Estimate simulated = simulate(settings, points.size(), moves);
    points.add(
        new Point(
            settings,
            exact,
            LazyLaw.of(quiet, UpdateRule.GRADIENT),
            MomentumFloor.ofNormalVelocity(settings),
            simulated,
            moves[0]));
  }

  private void addBatch(double batch) {
    NoisyQuadratic problem = plan.problem().ofBatch(batch);
    MomentumSettings settings = new MomentumSettings(problem, plan.smallestRate(), 0);
    Estimate simulated =
        problem.noise() == 0
            ? Estimate.exact(Double.NaN)
            : simulate(settings, points.size() + batches.size(), new double[1]);
    batches.add(
        new BatchPoint(
            batch,
            problem,
            LazyLaw.of(problem, UpdateRule.GRADIENT),
            LazyLaw.of(problem, UpdateRule.SIGN),
            MomentumFloor.ofNormalVelocity(settings),
            simulated));
  }

  /** Returns the simulations' mean; {@code moves} gets the mean number of moves per update. */
  private Estimate simulate(MomentumSettings settings, int tensor, double[] moves) {
    double mean = 0;
    double variance = 0;
    int seeds = plan.seeds();
    for (int simulation = 0; simulation < seeds; simulation++) {
      // A stream of its own for each setting, so that they are independent.
      RandomSource random =
          RandomSource.of(plan.seed() + simulation, RandomPurpose.MODEL, 0).forTensor(tensor);
      MomentumSimulation.Means means =
          MomentumSimulation.run(settings, UpdateRule.GRADIENT, plan.updates(), random);
      mean += means.meanSquare() / seeds;
      variance += means.meanSquareError() * means.meanSquareError() / seeds / seeds;
      moves[0] += means.moves() / seeds;
    }
    return new Estimate(mean, Math.sqrt(variance));
  }

  boolean isComplete() {
    return batches.size() == plan.batches().size() + 1;
  }

  /** Returns the points at a rate, by momentum. */
  List<Point> at(double rate) {
    return points.stream().filter(point -> point.settings().rate() == rate).toList();
  }
}
