package org.roundel.reproduce.theory;

import java.util.Arrays;
import org.roundel.api.random.RandomSource;

/**
 * Trains one weight by quantized stochastic gradient descent and counts where it goes.
 *
 * <p>With g = f′(·) + σN(0, 1): stochastic rounding is w ← Q_s(w − αg(w)); BinaryConnect keeps a
 * full-precision v with w = Q(v) and v ← v − αg(w), where Q goes to the nearest grid point (halves
 * away from 0) or to a neighbour drawn so that E[Q(v)] = v. Source: Li et al. 2017, section 5.
 *
 * <p>A step takes four words of random bits by its number: two make the gradient's noise, by the
 * normal distribution's quantile of a uniform number with 52 bits, and two the rounding, a uniform
 * number with 53. So the same source gives the same bytes on every machine. A million steps take
 * about a tenth of a second.
 */
public final class ToySimulation {
  private static final int STRETCHES = 100;

  /** Steps whose random bits are made at a time. */
  private static final int BLOCK = 1024;

  private final ToySettings settings;
  private final ToyMethod method;
  private final RandomSource random;
  private final int[] bits = new int[4 * BLOCK];
  private double buffer;
  private long multiple;

  private ToySimulation(ToySettings settings, ToyMethod method, RandomSource random) {
    this.settings = settings;
    this.method = method;
    this.random = random;
  }

  /**
   * Runs a simulation.
   *
   * @param random where its noise comes from; simulations that are to be independent of each other
   *     need sources of other seeds, purposes, steps or tensors
   * @throws org.roundel.api.InvalidInputException if the weight leaves the range that can be
   *     counted
   */
  public static ToyResult run(ToySettings settings, ToyMethod method, RandomSource random) {
    return new ToySimulation(settings, method, random).run();
  }

  private ToyResult run() {
    double spacing = settings.spacing();
    buffer = settings.start();
    multiple = nearest(buffer / spacing);
    WeightCounts counts = new WeightCounts(spacing, multiple);
    if (method == ToyMethod.STOCHASTIC_ROUNDING) {
      buffer = multiple * spacing;
    } else if (method == ToyMethod.BINARY_CONNECT_STOCHASTIC) {
      // The first rounding has a number of its own, behind those of all steps.
      multiple = randomNeighbour(buffer / spacing, random.uniform(4 * settings.iterations()));
    }
    StretchMeans stretches = new StretchMeans(settings.iterations(), STRETCHES);
    double[] sums = new double[3];
    long done = 0;
    for (int stretch = 1; stretch <= STRETCHES; stretch++) {
      long end = settings.iterations() * stretch / STRETCHES;
      while (done < end) {
        int steps = (int) Math.min(BLOCK, end - done);
        random.bits(4 * done, bits, 4 * steps);
        go(steps, counts);
        done += steps;
      }
      Arrays.fill(sums, 0);
      counts.sums(settings.objective(), sums);
      stretches.add(end, sums);
    }
    return stretches.result(counts);
  }

  private void go(int steps, WeightCounts counts) {
    PiecewiseQuadratic objective = settings.objective();
    double spacing = settings.spacing();
    double rate = settings.rate();
    double noise = settings.noise();
    // In variables of the method's own, which stay in registers.
    double weight = buffer;
    long point = multiple;
    for (int step = 0; step < steps; step++) {
      double gradient = objective.derivative(point * spacing);
      if (noise > 0) {
        gradient += noise * normal(bits[4 * step], bits[4 * step + 1]);
      }
      weight -= rate * gradient;
      double scaled = weight / spacing;
      if (method == ToyMethod.BINARY_CONNECT_NEAREST) {
        point = nearest(scaled);
      } else {
        point = randomNeighbour(scaled, uniform(bits[4 * step + 2], bits[4 * step + 3]));
        if (method == ToyMethod.STOCHASTIC_ROUNDING) {
          weight = point * spacing;
        }
      }
      counts.add(point);
    }
    buffer = weight;
    multiple = point;
  }

  private static double normal(int high, int low) {
    long word = (high & 0xFFFFFFFFL) << 20 | (low & 0xFFFFFFFFL) >>> 12;
    // In the middle of its 2^-52, so that 0 and 1 cannot come and both signs are as likely.
    return NormalQuantile.of((word + 0.5) * 0x1p-52);
  }

  private static double uniform(int high, int low) {
    return ((high & 0xFFFFFFFFL) << 21 | (low & 0xFFFFFFFFL) >>> 11) * 0x1p-53;
  }

  private static long nearest(double scaled) {
    long magnitude = (long) Math.floor(Math.abs(scaled) + 0.5);
    return scaled < 0 ? -magnitude : magnitude;
  }

  private static long randomNeighbour(double scaled, double uniform) {
    double floor = Math.floor(scaled);
    return (long) floor + (uniform < scaled - floor ? 1 : 0);
  }
}
