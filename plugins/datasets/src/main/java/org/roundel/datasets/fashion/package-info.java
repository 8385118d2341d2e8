/**
 * Fashion-MNIST and other data in the IDX format of MNIST, and the cut of it that comes with
 * Roundel.
 */
@NullMarked
package org.roundel.datasets.fashion;

import org.jspecify.annotations.NullMarked;
