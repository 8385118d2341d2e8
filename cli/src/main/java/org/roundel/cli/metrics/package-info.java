/** Serves a run's metrics to Prometheus. */
@NullMarked
package org.roundel.cli.metrics;

import org.jspecify.annotations.NullMarked;
