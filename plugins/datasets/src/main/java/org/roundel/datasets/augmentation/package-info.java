/** What training images of all datasets can have done to them. */
@NullMarked
package org.roundel.datasets.augmentation;

import org.jspecify.annotations.NullMarked;
