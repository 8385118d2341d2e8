/**
 * A part of the build, not of the program: compares what a distribution carries with the list of
 * what may be in it, and writes its licences, its notice and its bill of materials. Start at {@link
 * org.roundel.inventory.Inventory}.
 */
@NullMarked
package org.roundel.inventory;

import org.jspecify.annotations.NullMarked;
