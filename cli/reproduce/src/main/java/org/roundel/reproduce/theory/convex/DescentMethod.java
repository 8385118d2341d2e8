package org.roundel.reproduce.theory.convex;

/** How descent quantizes its weights, on the grid of the multiples of Δ. */
public enum DescentMethod {
  /** w ← w − α∇f̃(w), for comparison. */
  FULL_PRECISION,

  /** SR: w_b ← Q_s(w_b − α∇f̃(w_b)). */
  STOCHASTIC_ROUNDING,

  /** BC with Q_s: w_r ← w_r − α∇f̃(Q_s(w_r)). */
  BINARY_CONNECT_STOCHASTIC,

  /** BC with Q_d: w_r ← w_r − α∇f̃(Q_d(w_r)). */
  BINARY_CONNECT_NEAREST;

  /** Returns whether the method keeps full-precision weights that it rounds for the gradient. */
  public boolean keepsBuffer() {
    return this == BINARY_CONNECT_STOCHASTIC || this == BINARY_CONNECT_NEAREST;
  }
}
