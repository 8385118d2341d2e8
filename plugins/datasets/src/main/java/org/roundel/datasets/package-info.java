/**
 * The datasets that come with Roundel: Fashion-MNIST (a cut of it embedded), CIFAR-10, CIFAR-100, a
 * folder of images per class, and images made up for tests.
 */
@NullMarked
package org.roundel.datasets;

import org.jspecify.annotations.NullMarked;
