package org.roundel.optimizers;

import org.roundel.api.Option;

/**
 * Where the schedules that fall without steps end.
 *
 * @param share the lowest rate as a share s of the base rate, in [0, 1]
 */
record LowestRate(double share) {
  /** The share s. */
  static final Option<Double> OPTION =
      Option.real("minimum-rate-share", 0, 0, 1, "share of the learning rate that it falls to");

  /**
   * Returns the rate at a height above the lowest one: base · (s + (1−s)·height).
   *
   * @param height in [0, 1]; 1 is the base rate
   */
  double at(double height, double baseRate) {
    return baseRate * (share + (1 - share) * height);
  }
}
