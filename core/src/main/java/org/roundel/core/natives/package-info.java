/** The native code that nets run on: where it lies, and whether it can be used. */
@NullMarked
package org.roundel.core.natives;

import org.jspecify.annotations.NullMarked;
