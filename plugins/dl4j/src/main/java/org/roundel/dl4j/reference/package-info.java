/**
 * A net run by DL4J itself: the reference for compiled programs, and what runs where there can be
 * none.
 */
@NullMarked
package org.roundel.dl4j.reference;

import org.jspecify.annotations.NullMarked;
