/** Images from files: decoded within limits, resampled, and changed at random as ImageNet's are. */
@NullMarked
package org.roundel.datasets.image;

import org.jspecify.annotations.NullMarked;
