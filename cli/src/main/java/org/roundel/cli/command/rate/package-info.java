/** The command {@code roundel find-rate} and what it prints. */
@NullMarked
package org.roundel.cli.command.rate;

import org.jspecify.annotations.NullMarked;
