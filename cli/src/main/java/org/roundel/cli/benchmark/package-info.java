/** How fast a run is and its machine could be: what is measured, and the machine's own speed. */
@NullMarked
package org.roundel.cli.benchmark;

import org.jspecify.annotations.NullMarked;
