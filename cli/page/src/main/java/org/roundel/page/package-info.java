/** Runs in a browser, as they go or as their directories have them. */
@NullMarked
package org.roundel.page;

import org.jspecify.annotations.NullMarked;
