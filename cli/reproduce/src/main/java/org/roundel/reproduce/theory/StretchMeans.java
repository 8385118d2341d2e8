package org.roundel.reproduce.theory;

/**
 * Means of a run and their standard errors by the method of batch means: the run is cut into equal
 * stretches, long against the time in which it forgets, and the spread of the stretches' means
 * tells how far off the whole mean is.
 */
final class StretchMeans {
  private static final int SHORTEST = 10;

  private final long iterations;
  private final int stretches;
  private final double[][] means;
  private double[] sums = new double[3];
  private long end;
  private int filled;

  StretchMeans(long iterations, int stretches) {
    this.iterations = iterations;
    this.stretches = stretches;
    this.means = new double[stretches][3];
  }

  /** Takes in Σ f(w), Σ w and Σ w² over all steps up to the end of the next stretch. */
  void add(long stretchEnd, double[] sumsSoFar) {
    for (int moment = 0; moment < 3; moment++) {
      means[filled][moment] = (sumsSoFar[moment] - sums[moment]) / (stretchEnd - end);
    }
    sums = sumsSoFar.clone();
    end = stretchEnd;
    filled++;
  }

  ToyResult result(WeightCounts counts) {
    WeightGrid grid = counts.grid();
    long[] visits = counts.on(grid);
    double[] shares = new double[visits.length];
    double mean = sums[1] / iterations;
    double variance = 0;
    for (int index = 0; index < visits.length; index++) {
      shares[index] = visits[index] / (double) iterations;
      double off = grid.weight(index) - mean;
      variance += shares[index] * off * off;
    }
    double deviation = Math.sqrt(variance);
    return new ToyResult(
        grid,
        shares,
        sums[0] / iterations,
        error(1, 0, 0),
        mean,
        deviation,
        // d sqrt(E w² − (E w)²) = (dE w² − 2 E w dE w)/(2 deviation).
        deviation == 0 ? 0 : error(0, -mean / deviation, 0.5 / deviation));
  }

  /** Returns the standard error of a combination of the three means. */
  private double error(double objective, double weight, double square) {
    if (iterations < (long) SHORTEST * stretches) {
      return Double.NaN;
    }
    double sum = 0;
    double[] combined = new double[stretches];
    for (int stretch = 0; stretch < stretches; stretch++) {
      double[] moments = means[stretch];
      combined[stretch] = objective * moments[0] + weight * moments[1] + square * moments[2];
      sum += combined[stretch];
    }
    double squares = 0;
    for (double value : combined) {
      squares += (value - sum / stretches) * (value - sum / stretches);
    }
    return Math.sqrt(squares / (stretches - 1) / stretches);
  }
}
