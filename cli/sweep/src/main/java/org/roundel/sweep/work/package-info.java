/** The directory of a sweep, who works in it, and how far it is. */
@NullMarked
package org.roundel.sweep.work;

import org.jspecify.annotations.NullMarked;
