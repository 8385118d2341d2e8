/** Experiments of several trainings: each is a run of its own, found again or gone on with. */
@NullMarked
package org.roundel.sweep.cell;

import org.jspecify.annotations.NullMarked;
