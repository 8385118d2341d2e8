package org.roundel.onednn.net;

import org.jspecify.annotations.Nullable;

/**
 * How a net is to be computed, where there is a choice.
 *
 * @param layout how images lie in memory where an operation can work with it, null for what is
 *     known to be fastest
 * @param convolution how convolutions are computed
 */
public record Wishes(@Nullable Layout layout, ConvolutionMethod convolution) {
  /** All as is known to be fastest. */
  public static final Wishes NONE = new Wishes(null, ConvolutionMethod.AUTO);

  /** Returns the same but for how convolutions are computed. */
  public Wishes with(ConvolutionMethod method) {
    return new Wishes(layout, method);
  }
}
