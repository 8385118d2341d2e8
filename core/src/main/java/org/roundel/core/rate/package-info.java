/**
 * Tries learning rates on a net that is thrown away, and suggests one: start at {@link
 * org.roundel.core.rate.RateFinder}.
 */
@NullMarked
package org.roundel.core.rate;

import org.jspecify.annotations.NullMarked;
