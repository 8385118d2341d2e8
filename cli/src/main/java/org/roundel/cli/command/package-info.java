/** The commands, one class each. They read options, call the core and print what it returns. */
@NullMarked
package org.roundel.cli.command;

import org.jspecify.annotations.NullMarked;
