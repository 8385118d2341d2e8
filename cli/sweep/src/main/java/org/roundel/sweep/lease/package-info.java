/**
 * Leases: which process trains a cell, decided by files alone, so that it holds on file systems
 * whose locks cannot be trusted and between machines whose clocks differ.
 *
 * <p>A cell's lease is a directory of files named 1, 2, 3 ...: its generations. The newest one is
 * the one that holds. Whoever makes a file that was not there has the cell; only its maker writes
 * it from then on, again and again, with a counter that grows. A generation whose counter has not
 * changed for long, as its watcher's own clock has it, is followed by the watcher's. Files are
 * never removed, so a process that was stopped for an hour cannot mistake an old generation for its
 * own.
 */
@NullMarked
package org.roundel.sweep.lease;

import org.jspecify.annotations.NullMarked;
