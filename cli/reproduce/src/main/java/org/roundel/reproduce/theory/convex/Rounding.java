package org.roundel.reproduce.theory.convex;

/** Rounding to the multiples of Δ. */
final class Rounding {
  private Rounding() {}

  /** Q_d(w) = sign(w)·Δ·⌊|w|/Δ + ½⌋. */
  static double nearest(double weight, double delta) {
    double magnitude = delta * Math.floor(Math.abs(weight) / delta + 0.5);
    return weight < 0 ? -magnitude : magnitude;
  }

  /**
   * Q_s(w) = Δ(⌊w/Δ⌋ + 1) with probability w/Δ − ⌊w/Δ⌋, else Δ⌊w/Δ⌋.
   *
   * @param uniform in (0, 1) and an odd multiple of 2^−33: so a weight on the grid stays, even if
   *     its quotient by Δ is a rounding error away from a whole number
   */
  static double stochastic(double weight, double delta, double uniform) {
    double quotient = weight / delta;
    double below = Math.floor(quotient);
    return delta * (uniform < quotient - below ? below + 1 : below);
  }
}
