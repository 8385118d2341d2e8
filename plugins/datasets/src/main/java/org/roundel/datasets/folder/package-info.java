/** A folder of images for each class, as ImageNet is kept. */
@NullMarked
package org.roundel.datasets.folder;

import org.jspecify.annotations.NullMarked;
