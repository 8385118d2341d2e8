/**
 * What happens in a run, as immutable records, and the listener that is told: all that metrics,
 * progress, logs and reports see of a training.
 *
 * <p>More than twenty files: an event is a record, and who listens finds them together.
 */
@NullMarked
package org.roundel.core.event;

import org.jspecify.annotations.NullMarked;
