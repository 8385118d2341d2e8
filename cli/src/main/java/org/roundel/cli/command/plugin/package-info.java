/** The commands below {@code roundel plugin}. */
@NullMarked
package org.roundel.cli.command.plugin;

import org.jspecify.annotations.NullMarked;
