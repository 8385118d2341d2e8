/** What every command works with: the terminal, the clock, the plugins, and Ctrl-C. */
@NullMarked
package org.roundel.cli.command.context;

import org.jspecify.annotations.NullMarked;
