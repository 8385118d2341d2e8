/** The command {@code roundel bench} and what it prints. */
@NullMarked
package org.roundel.cli.command.bench;

import org.jspecify.annotations.NullMarked;
