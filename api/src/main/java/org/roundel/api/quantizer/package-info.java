/** Quantizers: how a net's weights are kept on a grid of a few values while it is trained. */
@NullMarked
package org.roundel.api.quantizer;

import org.jspecify.annotations.NullMarked;
