package org.roundel.core.rate;

/**
 * An average of losses in which each counts 0.9 times as much as the next: Σ 0.9^(n−k)·l_k / Σ
 * 0.9^(n−k). The first average is the first loss itself.
 *
 * <p>It forgets over {@value #SPAN} updates, and lags behind a steady change by nine.
 */
final class SmoothedLoss {
  static final int SPAN = 10;

  private static final double KEPT = 1 - 1.0 / SPAN;

  private double sum;
  private double weight;

  /** Takes in the next loss, and returns the average up to it. */
  double add(double loss) {
    sum = KEPT * sum + loss;
    weight = KEPT * weight + 1;
    return sum / weight;
  }
}
