/** What the user looks at: the terminal, and numbers as text. */
@NullMarked
package org.roundel.report.terminal;

import org.jspecify.annotations.NullMarked;
