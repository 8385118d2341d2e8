/**
 * What every experiment has: its place and scale, its claims, and the statistics of repeated
 * figures.
 */
@NullMarked
package org.roundel.reproduce.experiment;

import org.jspecify.annotations.NullMarked;
