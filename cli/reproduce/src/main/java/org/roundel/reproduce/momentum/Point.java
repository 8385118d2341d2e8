package org.roundel.reproduce.momentum;

import org.roundel.reproduce.experiment.Estimate;
import org.roundel.reproduce.theory.momentum.LazyLaw;
import org.roundel.reproduce.theory.momentum.MomentumFloor;
import org.roundel.reproduce.theory.momentum.MomentumLaw;
import org.roundel.reproduce.theory.momentum.MomentumSettings;

/**
 * The floor at one rate and momentum.
 *
 * @param exact the law of (weight, velocity)
 * @param batch the law in the limit of small rates: that of a batch (1+β)/(1−β) times as large
 * @param normal the closed form, for a normal velocity
 * @param simulated E(w − w*)²
 * @param moves a move's simulated frequency, per update
 */
record Point(
    MomentumSettings settings,
    MomentumLaw exact,
    LazyLaw batch,
    MomentumFloor normal,
    Estimate simulated,
    double moves) {
  /** Returns the exact floor over that of the equivalent batch. */
  double excess() {
    return exact.meanSquare() / batch.meanSquare();
  }

  /** Returns how many standard errors the simulation is off the exact law. */
  double standardErrorsOff() {
    return Math.abs(simulated.mean() - exact.meanSquare()) / simulated.error();
  }

  /** Returns whether hardly an update is longer than a spacing, as the balance of moments needs. */
  boolean hasShortUpdates() {
    return settings.rate() * 8 * Math.sqrt(exact.velocitySquare()) <= settings.problem().spacing();
  }
}
