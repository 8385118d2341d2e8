package org.roundel.reproduce.convex;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.roundel.reproduce.theory.convex.Trajectory;

/**
 * What a cell's runs found, over all seeds.
 *
 * @param steps the recorded steps
 * @param average F(w̄) − F*
 * @param iterate F(w^t) − F*: of w_b for SR, of w_r for BC
 * @param quantized F(Q(w^t)) − F*
 * @param averageRounded F(Q_d(w̄)) − F*
 * @param g G: the root of the largest, over the stretches between recorded steps, of the mean
 *     ‖∇f̃‖² over seeds
 * @param meanNorm mean ‖∇f̃‖ over all steps and seeds
 * @param tailSum mean Σ|∇f̃_i| over the second half of the steps
 * @param distance D: the largest ‖w − w*‖ of all steps and seeds
 * @param roundingRatio the largest over seeds of Lemma 1's ratio, 0 for BC
 * @param lastWeight mean over seeds of the first weight after the last step
 */
@SuppressWarnings("ArrayRecordComponent")
record Result(
    double[] steps,
    Series average,
    Series iterate,
    Series quantized,
    Series averageRounded,
    double g,
    double meanNorm,
    double tailSum,
    double distance,
    double roundingRatio,
    double lastWeight) {
  /** Summarises the runs of all seeds. */
  static Result of(List<Trajectory> runs) {
    long[] recorded = runs.get(0).steps();
    double[] steps = new double[recorded.length];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = recorded[i];
    }
    double largestSquare = 0;
    for (double square : series(runs, Trajectory::gradientSquare).mean()) {
      largestSquare = Math.max(largestSquare, square);
    }
    double norm = 0;
    double tail = 0;
    double distance = 0;
    double ratio = 0;
    double weight = 0;
    for (Trajectory run : runs) {
      norm += run.meanGradientNorm() / runs.size();
      tail += run.tailGradientSum() / runs.size();
      distance = Math.max(distance, run.distance());
      ratio = Math.max(ratio, run.roundingRatio());
      weight += run.last()[0] / runs.size();
    }
    return new Result(
        steps,
        series(runs, Trajectory::averageError),
        series(runs, Trajectory::iterateError),
        series(runs, Trajectory::quantizedError),
        series(runs, Trajectory::averageRoundedError),
        Math.sqrt(largestSquare),
        norm,
        tail,
        distance,
        ratio,
        weight);
  }

  private static Series series(List<Trajectory> runs, Function<Trajectory, double[]> part) {
    return Series.of(runs.stream().map(part).toArray(double[][]::new));
  }

  /**
   * Returns by which factor the average's error changed over the last tenfold of steps: 1 on a
   * floor, 0.1 for an error that falls like 1/T.
   */
  double lastDecade() {
    int last = steps.length - 1;
    int before = last;
    while (before > 0 && steps[before] > steps[last] / 10) {
      before--;
    }
    return average.mean()[last] / average.mean()[before];
  }

  Map<String, double[]> toNumbers() {
    Map<String, double[]> numbers = new LinkedHashMap<>();
    numbers.put("steps", steps);
    average.addTo(numbers, "average");
    iterate.addTo(numbers, "iterate");
    quantized.addTo(numbers, "quantized");
    averageRounded.addTo(numbers, "average-rounded");
    numbers.put("g", new double[] {g});
    numbers.put("mean-gradient-norm", new double[] {meanNorm});
    numbers.put("tail-gradient-sum", new double[] {tailSum});
    numbers.put("distance", new double[] {distance});
    numbers.put("rounding-ratio", new double[] {roundingRatio});
    numbers.put("last-weight", new double[] {lastWeight});
    return numbers;
  }

  static Result from(Map<String, double[]> numbers) {
    return new Result(
        get(numbers, "steps"),
        Series.from(numbers, "average"),
        Series.from(numbers, "iterate"),
        Series.from(numbers, "quantized"),
        Series.from(numbers, "average-rounded"),
        get(numbers, "g")[0],
        get(numbers, "mean-gradient-norm")[0],
        get(numbers, "tail-gradient-sum")[0],
        get(numbers, "distance")[0],
        get(numbers, "rounding-ratio")[0],
        get(numbers, "last-weight")[0]);
  }

  /** Returns numbers by their name; nothing there is an empty array. */
  static double[] get(Map<String, double[]> numbers, String name) {
    double[] found = numbers.get(name);
    return found == null ? new double[0] : found;
  }
}
