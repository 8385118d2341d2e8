package org.roundel.reproduce.experiment;

/**
 * A mean and its standard error.
 *
 * @param error NaN if it is not known
 */
public record Estimate(double mean, double error) {
  /** Returns a value that is computed, not measured. */
  public static Estimate exact(double value) {
    return new Estimate(value, Double.NaN);
  }

  /**
   * Returns the mean of independent values, with the standard error that their spread tells.
   *
   * @param single the standard error if there is one value only
   */
  public static Estimate of(double[] values, double single) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    if (values.length == 1) {
      return new Estimate(mean, single);
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new Estimate(mean, Math.sqrt(squares / (values.length - 1) / values.length));
  }
}
