/** Models: nets that compute a loss and its gradients over a batch of images. */
@NullMarked
package org.roundel.api.model;

import org.jspecify.annotations.NullMarked;
