package org.roundel.core.training;

import org.roundel.core.event.RunResult;

/**
 * A part of a run with one configuration.
 *
 * @param result how it ended
 * @param changes whether it ended where the run goes on with another configuration
 */
record Segment(RunResult result, boolean changes) {}
