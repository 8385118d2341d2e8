/** Failures as messages for the user and as exit codes. */
@NullMarked
package org.roundel.cli.error;

import org.jspecify.annotations.NullMarked;
