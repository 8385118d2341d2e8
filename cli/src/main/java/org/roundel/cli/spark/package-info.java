/**
 * Runs whose batches are computed on Spark, and commands that are run there: the program's end of
 * the connection.
 */
@NullMarked
package org.roundel.cli.spark;

import org.jspecify.annotations.NullMarked;
