/**
 * Runs that are killed, frozen, cut off from power, and let down by disks, plugins and memory; a
 * library of the tests' own stands between the program and its files.
 */
@NullMarked
package org.roundel.cli.crash;

import org.jspecify.annotations.NullMarked;
