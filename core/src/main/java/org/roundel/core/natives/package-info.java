/**
 * The native code that nets run on: where it lies, whether it can be used, and with how many
 * threads.
 */
@NullMarked
package org.roundel.core.natives;

import org.jspecify.annotations.NullMarked;
