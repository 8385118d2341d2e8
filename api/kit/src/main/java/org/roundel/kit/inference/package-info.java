/** What every inference must do. */
@NullMarked
package org.roundel.kit.inference;

import org.jspecify.annotations.NullMarked;
