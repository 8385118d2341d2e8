package org.roundel.core.event;

import java.util.List;

/**
 * How the weights of a layer are distributed: those that are trained, which are the latent ones
 * where they are kept, and the values of those that the net computes with.
 *
 * @param from the least trained weight
 * @param to the greatest trained weight
 * @param counts how many trained weights are in each of {@value #PARTS} equal parts of [from, to]
 * @param values the values of the net's weights in increasing order, and how many have each; empty
 *     if there are more than {@value #MOST_VALUES}
 */
public record WeightDistribution(double from, double to, List<Long> counts, List<Value> values) {
  /** How many parts there are. */
  public static final int PARTS = 32;

  /** How many values are told one by one. */
  public static final int MOST_VALUES = 16;

  /** Copies the lists. */
  public WeightDistribution {
    counts = List.copyOf(counts);
    values = List.copyOf(values);
  }

  /**
   * A value of the net's weights.
   *
   * @param value the value
   * @param count how many weights have it
   */
  public record Value(double value, long count) {}
}
