/** ProxQuant: full-precision weights are pulled to two values by a proximal step. */
@NullMarked
package org.roundel.proxquant;

import org.jspecify.annotations.NullMarked;
