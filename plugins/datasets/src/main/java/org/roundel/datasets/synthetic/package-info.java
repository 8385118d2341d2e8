/** Images made up by a formula, for trials without data. */
@NullMarked
package org.roundel.datasets.synthetic;

import org.jspecify.annotations.NullMarked;
