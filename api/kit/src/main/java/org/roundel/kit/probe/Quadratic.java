package org.roundel.kit.probe;

/**
 * The function ½ Σ aᵢ (wᵢ − cᵢ)² with curvatures a from 0.5 to 2 and a minimum at c, where c
 * alternates between +1 and −1.
 */
public record Quadratic(int size) {

  public double value(float[] weights) {
    double sum = 0;
    for (int index = 0; index < size; index++) {
      double distance = weights[index] - centre(index);
      sum += 0.5 * curvature(index) * distance * distance;
    }
    return sum;
  }

  public float[] gradient(float[] weights) {
    float[] gradient = new float[size];
    for (int index = 0; index < size; index++) {
      gradient[index] = (float) (curvature(index) * (weights[index] - centre(index)));
    }
    return gradient;
  }

  private double curvature(int index) {
    return 0.5 + 1.5 * index / (size - 1);
  }

  private static double centre(int index) {
    return index % 2 == 0 ? 1 : -1;
  }
}
