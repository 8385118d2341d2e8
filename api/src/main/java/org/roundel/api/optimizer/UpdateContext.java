package org.roundel.api.optimizer;

import org.roundel.api.model.ParameterPlace;
import org.roundel.api.training.Moment;
import org.roundel.api.training.StateArrays;

/**
 * What an optimizer is told beside weights and gradient.
 *
 * @param parameter what is updated
 * @param state the arrays that the optimizer declares, for this parameter
 * @param moment which update of the run this is, and its learning rate
 */
public record UpdateContext(ParameterPlace parameter, StateArrays state, Moment moment) {}
