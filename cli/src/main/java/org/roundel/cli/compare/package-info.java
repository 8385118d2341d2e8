/** Several runs beside one another. */
@NullMarked
package org.roundel.cli.compare;

import org.jspecify.annotations.NullMarked;
