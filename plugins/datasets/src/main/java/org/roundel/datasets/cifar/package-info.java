/** CIFAR-10 and CIFAR-100 in their binary version, from their files or their archive. */
@NullMarked
package org.roundel.datasets.cifar;

import org.jspecify.annotations.NullMarked;
