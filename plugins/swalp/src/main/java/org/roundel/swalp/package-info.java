/** SWALP: the weights that ship are the average of low-precision ones. */
@NullMarked
package org.roundel.swalp;

import org.jspecify.annotations.NullMarked;
