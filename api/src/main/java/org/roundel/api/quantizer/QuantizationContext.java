package org.roundel.api.quantizer;

import org.roundel.api.model.ParameterRole;
import org.roundel.api.random.RandomSource;

/**
 * What a quantizer's hook is told beside its arrays.
 *
 * @param parameter the name of the parameter that the arrays belong to
 * @param role what the parameter is in the net
 * @param step the number of the update, counted from 1; 0 for {@link Quantizer#initialize}
 * @param random the only source of random numbers that a hook may use; a function of seed, hook,
 *     step and parameter
 */
public record QuantizationContext(
    String parameter, ParameterRole role, long step, RandomSource random) {}
