/** Passes over arrays of float32: what they hold, and arithmetic on all of their elements. */
@NullMarked
package org.roundel.core.floats;

import org.jspecify.annotations.NullMarked;
