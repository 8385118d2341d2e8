/**
 * Trained nets as C: a header of packed weights and a header that runs it, for microcontrollers.
 * The latter, {@code roundel.h}, is a resource and the same for all nets.
 */
@NullMarked
package org.roundel.c;

import org.jspecify.annotations.NullMarked;
