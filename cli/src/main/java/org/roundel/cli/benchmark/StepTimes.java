package org.roundel.cli.benchmark;

import java.util.List;

/**
 * What repeated steps took, and their parts.
 *
 * @param images how many images every step had
 * @param steps how many steps were measured
 * @param phases the parts of a step, in their order
 * @param step whole steps, by a clock around them, so the parts leave a little of it open
 */
public record StepTimes(int images, int steps, List<PhaseTime> phases, Times step) {
  /** Copies the list. */
  public StepTimes {
    phases = List.copyOf(phases);
  }

  /**
   * One part of the steps.
   *
   * @param phase its word, as in the metric {@code roundel_step_phase_seconds}
   * @param times what it took
   */
  public record PhaseTime(String phase, Times times) {}

  /** Returns how many images a second steps of the median time make. */
  public double imagesPerSecond() {
    return images / step.median();
  }

  /** Returns how many images a second the best step made. */
  public double bestImagesPerSecond() {
    return images / step.best();
  }

  /** Returns the share of all measured time that a part took, in [0, 1]. */
  public double share(PhaseTime phase) {
    return phase.times().sum() / step.sum();
  }
}
