package org.roundel.reproduce.momentum;

import org.roundel.reproduce.experiment.Estimate;
import org.roundel.reproduce.theory.momentum.LazyLaw;
import org.roundel.reproduce.theory.momentum.MomentumFloor;
import org.roundel.reproduce.theory.momentum.NoisyQuadratic;

/**
 * The floor without momentum for one batch size, in the limit of small rates.
 *
 * @param batch infinite for no noise at all
 * @param gradient the law where updates are gradients
 * @param sign the law where updates are their signs
 * @param normal the closed form for gradients
 * @param simulated E(w − w*)² of gradients at the smallest rate; NaN without noise
 */
record BatchPoint(
    double batch,
    NoisyQuadratic problem,
    LazyLaw gradient,
    LazyLaw sign,
    MomentumFloor normal,
    Estimate simulated) {
  /** Returns by what factor the floor is higher where updates are signs. */
  double signFactor() {
    return sign.meanSquare() / gradient.meanSquare();
  }

  /** Returns whether the noise is larger than the gradient one spacing away from the minimum. */
  boolean isNoisy() {
    return problem.noise() >= problem.curvature() * problem.spacing();
  }
}
