/** Checks a plugin's components by the rules of the contract kit. */
@NullMarked
package org.roundel.cli.check;

import org.jspecify.annotations.NullMarked;
