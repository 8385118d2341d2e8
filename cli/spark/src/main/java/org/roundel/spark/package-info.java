/**
 * Roundel beside Spark: {@code Launch} starts the program in a class loader of its own, {@code
 * SparkCluster} has its tasks computed, {@code ShardTask} computes one in an executor; {@code
 * SparkProcesses} has its commands run, {@code ProcessTask} runs one beside an executor. Neither
 * side sees the other's classes: Spark brings other versions of libraries that both use. What they
 * exchange are types of the JDK, and bytes.
 */
@NullMarked
package org.roundel.spark;

import org.jspecify.annotations.NullMarked;
