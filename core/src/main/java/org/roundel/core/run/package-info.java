/**
 * The directory that records a run: its lock, its history file, and files that are replaced as a
 * whole.
 */
@NullMarked
package org.roundel.core.run;

import org.jspecify.annotations.NullMarked;
