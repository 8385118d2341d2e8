/** Runs whose batches are computed on Spark: the program's end of the connection. */
@NullMarked
package org.roundel.cli.spark;

import org.jspecify.annotations.NullMarked;
