/** What every learning-rate schedule must do. */
@NullMarked
package org.roundel.kit.schedule;

import org.jspecify.annotations.NullMarked;
