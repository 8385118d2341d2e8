/** Residual nets: ResNet and wide ResNet for small images, ResNet-18 for ImageNet. */
@NullMarked
package org.roundel.resnet;

import org.jspecify.annotations.NullMarked;
