/** The commands below {@code roundel data}. */
@NullMarked
package org.roundel.cli.command.data;

import org.jspecify.annotations.NullMarked;
