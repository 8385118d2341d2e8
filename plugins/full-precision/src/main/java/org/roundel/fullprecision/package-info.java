/** Training in full precision: the quantizer that quantizes nothing. */
@NullMarked
package org.roundel.fullprecision;

import org.jspecify.annotations.NullMarked;
