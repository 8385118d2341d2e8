package org.roundel.api.quantizer;

import org.roundel.api.model.ParameterRole;
import org.roundel.api.random.RandomSource;

/**
 * What a quantizer's hook is told beside its arrays.
 *
 * @param parameter the name of the parameter that the arrays belong to
 * @param role what the parameter is in the net
 * @param step the number of the update, counted from 1; 0 before the first one. Between two updates
 *     it is the coming one's.
 * @param progress the share of the run's updates that were made before this one, from 0 to 1; 1
 *     once the last one is made, so that a method that changes on the way has come to its end then
 * @param learningRate the learning rate of this update in {@link Quantizer#gradient} and {@link
 *     Quantizer#afterUpdate}; 0 elsewhere, and before the first update
 * @param evaluation in {@link Quantizer#quantize}, whether the weights are to be evaluated, saved
 *     and shipped, rather than trained with; false elsewhere
 * @param state the arrays that the quantizer declares, for this parameter
 * @param random the only source of random numbers that a hook may use; a function of seed, hook,
 *     step and parameter
 */
public record QuantizationContext(
    String parameter,
    ParameterRole role,
    long step,
    double progress,
    double learningRate,
    boolean evaluation,
    QuantizerState state,
    RandomSource random) {
  /** Checks the ranges. */
  public QuantizationContext {
    if (step < 0 || !(progress >= 0 && progress <= 1) || !(learningRate >= 0)) {
      throw new IllegalArgumentException(
          "step "
              + step
              + ", progress "
              + progress
              + ", learning rate "
              + learningRate
              + "; allowed: step >= 0, progress in [0, 1], learning rate >= 0");
    }
  }

  /**
   * Returns the context of an update at the start of training, for a quantizer without arrays of
   * its own and with no learning rate; for tests.
   */
  public static QuantizationContext of(
      String parameter, ParameterRole role, long step, RandomSource random) {
    return new QuantizationContext(
        parameter, role, step, 0, 0, false, QuantizerState.none(), random);
  }
}
