/** VGG-like nets: plain stacks of 3×3 convolutions and pooling. */
@NullMarked
package org.roundel.vgg;

import org.jspecify.annotations.NullMarked;
