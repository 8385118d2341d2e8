package org.roundel.bench;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.roundel.report.terminal.StatusLine;
import org.roundel.report.terminal.WorkProgress;

/**
 * Single steps of several sides, taken in turn in rotating order, so that whatever else the machine
 * does in the meantime meets all alike. Sides are numbered from 0.
 */
final class Race {
  /** One for all races: a process has one terminal. */
  private static final StatusLine STATUS_LINE = StatusLine.ofProcess();

  private final int items;
  private final double[][] seconds;

  private Race(int sides, int items, int rounds) {
    this.items = items;
    this.seconds = new double[sides][rounds];
  }

  /**
   * Runs a race.
   *
   * @param sides how many sides
   * @param items how many images or weights a step works on
   * @param prepare called with the side before each of its steps, not timed
   * @param step makes the side's step
   */
  static Race run(
      int sides, int items, int rounds, int warmUp, IntConsumer prepare, IntConsumer step) {
    Race race = new Race(sides, items, rounds);
    WorkProgress progress = new WorkProgress(STATUS_LINE);
    progress.start("", warmUp + rounds);
    for (int round = -warmUp; round < rounds; round++) {
      progress.now("round " + (round + warmUp + 1) + " of " + (warmUp + rounds));
      progress.done(round + warmUp);
      for (int turn = 0; turn < sides; turn++) {
        int side = Math.floorMod(round + turn, sides);
        prepare.accept(side);
        long start = System.nanoTime();
        step.accept(side);
        double took = (System.nanoTime() - start) / 1e9;
        if (round >= 0) {
          race.seconds[side][round] = took;
        }
      }
    }
    progress.close();
    return race;
  }

  double medianPerSecond(int side) {
    return items / median(seconds[side]);
  }

  double bestPerSecond(int side) {
    return items / Arrays.stream(seconds[side]).min().orElseThrow();
  }

  /** Returns how many times as fast one side's median step is as the other's. */
  double ratio(int side, int other) {
    return median(seconds[other]) / median(seconds[side]);
  }

  /** Returns the median over the rounds of how many times as fast one side was as the other. */
  double medianRatio(int side, int other) {
    return median(ratios(side, other));
  }

  /** Returns the ratio of the round in which one side did worst against the other. */
  double worstRatio(int side, int other) {
    return Arrays.stream(ratios(side, other)).min().orElseThrow();
  }

  /** Returns which of the sides from one on to the last has the fastest median step. */
  int fastestFrom(int first) {
    int fastest = first;
    for (int side = first + 1; side < seconds.length; side++) {
      if (ratio(side, fastest) > 1) {
        fastest = side;
      }
    }
    return fastest;
  }

  private double[] ratios(int side, int other) {
    return IntStream.range(0, seconds[side].length)
        .mapToDouble(round -> seconds[other][round] / seconds[side][round])
        .toArray();
  }

  static double median(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
