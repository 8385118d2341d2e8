/** What the user looks at: the terminal, and numbers and tables as text. */
@NullMarked
package org.roundel.cli.terminal;

import org.jspecify.annotations.NullMarked;
