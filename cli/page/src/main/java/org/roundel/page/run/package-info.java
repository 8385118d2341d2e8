/**
 * What is told of a run: where it stands, from its events or from its directory, and what its files
 * hold, however damaged they are.
 */
@NullMarked
package org.roundel.page.run;

import org.jspecify.annotations.NullMarked;
