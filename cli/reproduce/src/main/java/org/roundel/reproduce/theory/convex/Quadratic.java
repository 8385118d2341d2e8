package org.roundel.reproduce.theory.convex;

import java.util.Arrays;

/**
 * F(w) = ½ Σ h_i (w_i − c_i)² with gradient noise that is the same in every direction: ∇f̃(w)_i =
 * h_i (w_i − c_i) + σ/√d · N(0, 1), so E‖∇f̃ − ∇F‖² = σ².
 *
 * <p>μ and L are the least and the greatest h_i; L₂ = 0.
 */
public final class Quadratic implements StochasticObjective {
  private final double[] center;
  private final double[] curvature;
  private final double noise;
  private final double noisePerCoordinate;

  /**
   * Makes a quadratic.
   *
   * @param center c, at least one element, finite
   * @param curvature h, as long as c, positive and finite
   * @param noise σ, at least 0: the root of the noise's expected squared length
   */
  public Quadratic(double[] center, double[] curvature, double noise) {
    if (center.length == 0 || curvature.length != center.length) {
      throw new IllegalArgumentException(
          center.length + " centers, " + curvature.length + " curvatures; allowed: 1 or more each");
    }
    for (int i = 0; i < center.length; i++) {
      if (!Double.isFinite(center[i]) || !(curvature[i] > 0 && curvature[i] < 1e300)) {
        throw new IllegalArgumentException(
            "center " + center[i] + ", curvature " + curvature[i] + "; allowed: finite, positive");
      }
    }
    if (!(noise >= 0 && noise < 1e300)) {
      throw new IllegalArgumentException("noise " + noise + "; allowed: 0 or more, finite");
    }
    this.center = center.clone();
    this.curvature = curvature.clone();
    this.noise = noise;
    noisePerCoordinate = noise / Math.sqrt(center.length);
  }

  /**
   * Returns ½‖w − c‖² with noise: every curvature 1.
   *
   * @param noise σ, as for the constructor
   */
  public static Quadratic isotropic(double[] center, double noise) {
    double[] curvature = new double[center.length];
    Arrays.fill(curvature, 1);
    return new Quadratic(center, curvature, noise);
  }

  /**
   * Returns the center that the reports use: d numbers evenly spaced from −0.93 to 0.87, which lie
   * differently within the cells of every grid; for d = 1 their middle.
   */
  public static double[] spreadCenter(int dimension) {
    double[] center = new double[dimension];
    for (int i = 0; i < dimension; i++) {
      double share = dimension == 1 ? 0.5 : (double) i / (dimension - 1);
      center[i] = -0.93 + 1.8 * share;
    }
    return center;
  }

  /** Returns σ, the root of the noise's expected squared length. */
  public double noise() {
    return noise;
  }

  @Override
  public int dimension() {
    return center.length;
  }

  @Override
  public double value(double[] point) {
    double sum = 0;
    for (int i = 0; i < center.length; i++) {
      double difference = point[i] - center[i];
      sum += curvature[i] * difference * difference;
    }
    return sum / 2;
  }

  @Override
  public void gradient(double[] point, double[] result) {
    for (int i = 0; i < center.length; i++) {
      result[i] = curvature[i] * (point[i] - center[i]);
    }
  }

  @Override
  public void stochasticGradient(double[] point, RandomStream random, double[] result) {
    for (int i = 0; i < center.length; i++) {
      result[i] = curvature[i] * (point[i] - center[i]) + noisePerCoordinate * random.nextNormal();
    }
  }

  @Override
  public double[] minimizer() {
    return center.clone();
  }

  @Override
  public double excess(double[] point) {
    return value(point);
  }

  @Override
  public double strongConvexity() {
    double least = curvature[0];
    for (double each : curvature) {
      least = Math.min(least, each);
    }
    return least;
  }

  @Override
  public double smoothness() {
    double greatest = curvature[0];
    for (double each : curvature) {
      greatest = Math.max(greatest, each);
    }
    return greatest;
  }

  @Override
  public double hessianLipschitz() {
    return 0;
  }
}
