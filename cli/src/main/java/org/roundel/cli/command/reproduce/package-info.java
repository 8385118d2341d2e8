/** The commands below {@code roundel reproduce}. */
@NullMarked
package org.roundel.cli.command.reproduce;

import org.jspecify.annotations.NullMarked;
