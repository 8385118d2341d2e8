/**
 * What a net is described with: shapes, windows, layouts, losses, where tensors lie. Knows nothing
 * of oneDNN.
 */
@NullMarked
package org.roundel.onednn.net;

import org.jspecify.annotations.NullMarked;
