/**
 * What quantizers and optimizers are told alike: the arrays that they keep beside a parameter, and
 * when in a run they are called.
 */
@NullMarked
package org.roundel.api.training;

import org.jspecify.annotations.NullMarked;
