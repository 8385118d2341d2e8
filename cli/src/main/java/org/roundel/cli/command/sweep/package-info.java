/** The commands for sweeps: many trainings in one directory. */
@NullMarked
package org.roundel.cli.command.sweep;

import org.jspecify.annotations.NullMarked;
