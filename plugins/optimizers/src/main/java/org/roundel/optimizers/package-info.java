/** The usual optimizers and learning-rate schedules. */
@NullMarked
package org.roundel.optimizers;

import org.jspecify.annotations.NullMarked;
