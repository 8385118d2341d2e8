/** BinaryConnect: quantized weights computed from full-precision latent ones before every step. */
@NullMarked
package org.roundel.binaryconnect;

import org.jspecify.annotations.NullMarked;
