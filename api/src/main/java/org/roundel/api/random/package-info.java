/**
 * Counter-based random numbers: a value is a function of where it is used, not of how many were
 * drawn before.
 */
@NullMarked
package org.roundel.api.random;

import org.jspecify.annotations.NullMarked;
