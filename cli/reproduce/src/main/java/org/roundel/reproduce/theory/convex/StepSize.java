package org.roundel.reproduce.theory.convex;

/** α_t, the length of a step as a function of t = 1, 2, …. */
@FunctionalInterface
public interface StepSize {
  /** Returns α_t for t at least 1. */
  double at(long step);

  /** Returns α_t = 1/(μ(t+1)) of Theorems 1 and 4; μ greater than 0. */
  static StepSize stronglyConvex(double strongConvexity) {
    requirePositive(strongConvexity);
    return step -> 1 / (strongConvexity * (step + 1));
  }

  /** Returns α_t = c/√t of Theorems 2 and 3; c greater than 0. */
  static StepSize inverseSquareRoot(double factor) {
    requirePositive(factor);
    return step -> factor / Math.sqrt((double) step);
  }

  private static void requirePositive(double value) {
    if (!(value > 0 && value < 1e300)) {
      throw new IllegalArgumentException(value + "; allowed: greater than 0, finite");
    }
  }
}
