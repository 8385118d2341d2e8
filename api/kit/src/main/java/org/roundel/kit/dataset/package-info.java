/** What every dataset must do. */
@NullMarked
package org.roundel.kit.dataset;

import org.jspecify.annotations.NullMarked;
