/** The convex problems: how far the methods get, against the bounds that are proven. */
@NullMarked
package org.roundel.reproduce.convex;

import org.jspecify.annotations.NullMarked;
