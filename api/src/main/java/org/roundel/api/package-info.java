/**
 * The plugin interface of Roundel: what a plugin author sees. {@link org.roundel.api.RoundelPlugin}
 * is the one entry point that the program looks for; everything else is reached from it.
 */
@NullMarked
package org.roundel.api;

import org.jspecify.annotations.NullMarked;
