/**
 * Stochastic rounding with momentum on a quadratic of one weight: its floor in closed form, its
 * exact law on (weight, velocity), and a simulation to set beside them.
 *
 * <p>One convention throughout: the velocity is v ← βv + (1−β)g, a mean of gradients g as Adam's
 * first moment is, and the weight goes w ← Q_s(w − αv). The form v ← βv + g of most optimizers is
 * the same with α(1−β) for its rate, so α here is the <em>effective</em> rate.
 *
 * <p>The formulas are derived in docs/methods.md, "Momentum and stochastic rounding".
 */
@NullMarked
package org.roundel.reproduce.theory.momentum;

import org.jspecify.annotations.NullMarked;
