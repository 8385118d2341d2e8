/** Datasets whose images all fit into memory, and how their values are scaled. */
@NullMarked
package org.roundel.datasets.array;

import org.jspecify.annotations.NullMarked;
