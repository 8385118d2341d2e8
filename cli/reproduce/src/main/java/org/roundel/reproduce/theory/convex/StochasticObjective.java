package org.roundel.reproduce.theory.convex;

/**
 * A convex function F on R^d with an unbiased random gradient ∇f̃, and what the bounds need to know
 * of it.
 *
 * <p>Immutable, for any number of threads; what varies is in the arguments. Points and gradients
 * have {@link #dimension} elements.
 */
public interface StochasticObjective {
  /** Returns d, the number of weights. */
  int dimension();

  /** Returns F at a point. */
  double value(double[] point);

  /** Computes ∇F, the exact gradient, at a point. */
  void gradient(double[] point, double[] result);

  /**
   * Computes ∇f̃, a random gradient whose mean is ∇F, at a point.
   *
   * @param random read on from where it stands
   */
  void stochasticGradient(double[] point, RandomStream random, double[] result);

  /** Returns w*, where F is least; a copy. */
  double[] minimizer();

  /** Returns F(w) − F(w*), at least 0 but for rounding. */
  double excess(double[] point);

  /** Returns μ, the constant of strong convexity; 0 if F is only convex. */
  double strongConvexity();

  /** Returns L, a Lipschitz constant of the gradient. */
  double smoothness();

  /** Returns L₂, a Lipschitz constant of the Hessian in the operator norm. */
  double hessianLipschitz();
}
