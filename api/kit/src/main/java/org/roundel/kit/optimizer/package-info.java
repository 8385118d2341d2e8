/** What every optimizer must do. */
@NullMarked
package org.roundel.kit.optimizer;

import org.jspecify.annotations.NullMarked;
