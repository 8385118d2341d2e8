package org.roundel.api.quantizer;

/** What a quantizer promises of its rounding; the contract kit checks what is promised. */
public enum QuantizerProperty {
  /**
   * Weights that are quantized already stay as they are, bit for bit, whatever the random numbers.
   */
  IDEMPOTENT,
  /**
   * The expected value of a quantized weight is the weight, for every weight between the lowest and
   * the highest value that its tensor can be quantized to.
   */
  UNBIASED
}
