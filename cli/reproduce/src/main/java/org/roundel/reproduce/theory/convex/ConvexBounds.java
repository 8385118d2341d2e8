package org.roundel.reproduce.theory.convex;

/**
 * What Li et al., <em>Training Quantized Nets: A Deeper Understanding</em>, NeurIPS 2017, prove of
 * E[F(w̄^T)] − F(w*), and what can be derived beside it.
 *
 * <p>Symbols: T steps; d weights; Δ the grid's spacing; G² ≥ E‖∇f̃‖² along the run; D ≥ ‖w^t − w*‖;
 * μ, L and L₂ as in {@link StochasticObjective}; c the factor of α_t = c/√t. Floors are what is
 * left as T grows.
 *
 * <p>Two rates: {@link #stronglyConvexRate} under α_t = 1/(μ(t+1)) and {@link #convexRate} under
 * α_t = c/√t. Theorem 1 is the first rate with {@link #stochasticRoundingFloor}, Theorem 2 the
 * second with the same; Theorem 3 the second with {@link #binaryConnectFloor}; Theorem 4 the first
 * with {@link #binaryConnectCurvatureFloor}; Corollary 1 the first with no floor.
 */
public final class ConvexBounds {
  private ConvexBounds() {}

  /**
   * Returns (1 + log(T+1))·G²/(2μT). Follows from E‖w^{t+1} − w*‖² ≤ (1 − α_tμ)E‖w^t − w*‖² −
   * 2α_tE[F(w^t) − F*] + α_t²G², summed over t = 1, …, T, and μ‖w^1 − w*‖ ≤ G.
   */
  public static double stronglyConvexRate(double g, double strongConvexity, long steps) {
    return (1 + StrictMath.log(steps + 1.0)) * g * g / (2 * strongConvexity * steps);
  }

  /** Returns D²/(2c√T) + c·G²/√T. */
  public static double convexRate(double distance, double g, double factor, long steps) {
    return (distance * distance / (2 * factor) + factor * g * g) / Math.sqrt((double) steps);
  }

  /**
   * Returns Lemma 1's bound √d·Δ·α·G on E‖r‖² of SR's rounding error. Per coordinate E r² =
   * Δ²q(1−q) ≤ Δ·α|∇f̃_i| because w_b lies on the grid; then ‖·‖₁ ≤ √d‖·‖.
   */
  public static double roundingError(int dimension, double delta, double alpha, double g) {
    return Math.sqrt(dimension) * delta * alpha * g;
  }

  /** Returns √d·Δ·G/2, the floor of Theorems 1 and 2: Σ E‖r^t‖²/(2α_t)/T with Lemma 1. */
  public static double stochasticRoundingFloor(int dimension, double delta, double g) {
    return Math.sqrt(dimension) * delta * g / 2;
  }

  /**
   * Returns √d·Δ·L·D, the floor of Theorem 3 for BC with any rounding that stays within the cell:
   * ⟨∇F(Q(w)) − ∇F(w), w − w*⟩ is at most L·‖Q(w) − w‖·D.
   */
  public static double binaryConnectFloor(
      int dimension, double delta, double smoothness, double distance) {
    return Math.sqrt(dimension) * delta * smoothness * distance;
  }

  /**
   * Returns D·L₂·d·Δ²/8, the floor of Theorem 4 for BC with Q_s as it can be derived: Q_s is
   * unbiased, so only the second-order rest of ∇F(Q(w)) − ∇F(w) has a mean, of at most L₂/2·E‖Q(w)
   * − w‖² ≤ L₂/2·dΔ²/4.
   */
  public static double binaryConnectCurvatureFloor(
      int dimension, double delta, double hessianLipschitz, double distance) {
    return distance * hessianLipschitz * dimension * delta * delta / 8;
  }

  /** Returns D·L₂·√d·Δ/2, the floor of Theorem 4 as we recall the paper's print. */
  public static double binaryConnectCurvatureFloorAsRecalled(
      int dimension, double delta, double hessianLipschitz, double distance) {
    return distance * hessianLipschitz * Math.sqrt(dimension) * delta / 2;
  }

  /**
   * Returns Δ·E‖∇f̃‖₁/8, what SR's floor <em>is</em>, to leading order, on F = ½‖w − c‖² under α_t
   * = 1/(t+1); not in the paper.
   *
   * <p>Derivation, per coordinate, e = w − c. Q_s is unbiased, so E[e^{t+1} | e^t] = (1 − α_t)e^t.
   * The variance V of e then settles where 2α_tV = E r² + O(α²) = α_tΔE|∇f̃_i|: V = ΔE|∇f̃_i|/2.
   * The correlation of e^s and e^t is the product of 1 − α between them, s/t, so the mean over s, t
   * ≤ T is V·(2/T²)∫∫_{s<t} s/t = V/2, whatever T is: the average never settles. Half the sum over
   * coordinates of V/2 is the floor.
   *
   * @param gradientSum E‖∇f̃‖₁ late in the run
   */
  public static double stochasticRoundingAsymptote(double delta, double gradientSum) {
    return delta * gradientSum / 8;
  }

  /**
   * Returns a lower bound on {@link #stochasticRoundingAsymptote} for normal noise of length σ that
   * is the same in every direction: the larger of √(2/π)·√d·Δ·σ/8, which E|e + n| ≥ E|n| gives, and
   * Δ²·Σq_i(1−q_i)/4 with q_i the place of c_i in its cell, which E|e + n| ≥ E|e| gives: a weight
   * on the grid with mean c_i is at least 2Δq_i(1−q_i) away from it on average.
   */
  public static double stochasticRoundingLowerBound(double[] center, double delta, double noise) {
    double cells = 0;
    for (double each : center) {
      double place = each / delta - Math.floor(each / delta);
      cells += place * (1 - place);
    }
    double ofNoise = Math.sqrt(2 / Math.PI) * Math.sqrt(center.length) * delta * noise / 8;
    return Math.max(ofNoise, delta * delta * cells / 4);
  }
}
