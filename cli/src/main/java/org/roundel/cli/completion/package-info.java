/** Scripts that let shells complete the command line. */
@NullMarked
package org.roundel.cli.completion;

import org.jspecify.annotations.NullMarked;
