/** Cells: one training each, found again or gone on with, whatever state it is in. */
@NullMarked
package org.roundel.sweep.cell;

import org.jspecify.annotations.NullMarked;
