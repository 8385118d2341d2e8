/** Shows how a run gets on: listeners of the training loop that print. */
@NullMarked
package org.roundel.cli.progress;

import org.jspecify.annotations.NullMarked;
