/** Sweep files: the cells that a grid, a list and seeds come to, their names, and what is wrong. */
@NullMarked
package org.roundel.sweep.plan;

import org.jspecify.annotations.NullMarked;
