package org.roundel.api.model;

import org.jspecify.annotations.Nullable;

/**
 * How long one pass of a layer takes within a training step. Not only layers have their time: what
 * copies an array into another layout has the name of the layer that it is done for, or {@code
 * images}, and the loss is a layer {@code loss}.
 *
 * @param layer what the net calls it, as in {@link LayerDescription#name} if it is one of {@link
 *     Model#layers}
 * @param operation what is computed: a word as in {@link LayerDescription#kind}, or {@code copy},
 *     {@code loss}, or a word of the toolkit's own. A layer that the next one's arithmetic is done
 *     with has no time of its own
 * @param pass which pass it is
 * @param chosen what computes it in this net
 * @param other what computes it where the model could have chosen otherwise, null if that is not
 *     known or there is no choice
 */
public record PassTime(
    String layer, String operation, Pass pass, KernelTime chosen, @Nullable KernelTime other) {
  /**
   * How long a kernel takes.
   *
   * @param kernel its name in the toolkit
   * @param nanoseconds the median of the runs, at least 0
   */
  public record KernelTime(String kernel, long nanoseconds) {}
}
