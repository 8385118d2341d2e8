/** BinaryRelax: weights are drawn closer and closer to their quantized values. */
@NullMarked
package org.roundel.binaryrelax;

import org.jspecify.annotations.NullMarked;
