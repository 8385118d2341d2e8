/**
 * Trained nets as packed safetensors: all quantized weights as bits in one tensor, all other
 * numbers in another, and what they mean in the header's {@code __metadata__}. Reads them back,
 * too.
 */
@NullMarked
package org.roundel.safetensors;

import org.jspecify.annotations.NullMarked;
