package org.roundel.api.quantizer;

import org.roundel.api.model.ParameterPlace;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.random.RandomSource;
import org.roundel.api.training.Moment;
import org.roundel.api.training.StateArrays;

/**
 * What a quantizer's hook is told beside its arrays.
 *
 * @param parameter what the arrays belong to
 * @param state the arrays that the quantizer declares, for this parameter
 * @param moment when in the run the hook is called
 * @param evaluation in {@link Quantizer#quantize}, whether the weights are to be evaluated, saved
 *     and shipped, rather than trained with; false elsewhere
 * @param random the only source of random numbers that a hook may use; a function of seed, hook,
 *     step and parameter
 */
public record QuantizationContext(
    ParameterPlace parameter,
    StateArrays state,
    Moment moment,
    boolean evaluation,
    RandomSource random) {
  /**
   * Returns the context of an update at the start of training, of a net with one layer, for a
   * quantizer without arrays of its own and with no learning rate; for tests.
   */
  public static QuantizationContext of(
      String parameter, ParameterRole role, long step, RandomSource random) {
    return new QuantizationContext(
        new ParameterPlace(parameter, role, 0, 1),
        StateArrays.none(),
        new Moment(step, step == 0 ? 0 : 1, 0, 0, 1),
        false,
        random);
  }
}
