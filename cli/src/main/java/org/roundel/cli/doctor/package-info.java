/** What this machine and this installation are, and what is in the way. */
@NullMarked
package org.roundel.cli.doctor;

import org.jspecify.annotations.NullMarked;
