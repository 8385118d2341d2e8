/**
 * The command line: {@link org.roundel.cli.Main} puts the program together and maps its outcome to
 * an exit code.
 */
@NullMarked
package org.roundel.cli;

import org.jspecify.annotations.NullMarked;
