/** Datasets: labelled images, read one at a time by index. */
@NullMarked
package org.roundel.api.dataset;

import org.jspecify.annotations.NullMarked;
