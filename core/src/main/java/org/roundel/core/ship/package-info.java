/**
 * How a trained net leaves: a run becomes a net in the neutral form, that becomes files by an
 * exporter, and files become such a net again. Start at {@link org.roundel.core.ship.ShippedRuns}
 * and {@link org.roundel.core.ship.NetFiles}.
 */
@NullMarked
package org.roundel.core.ship;

import org.jspecify.annotations.NullMarked;
