package org.roundel.cli.runreport;

import org.roundel.core.event.ClassResults;

/**
 * What a net says of the test images.
 *
 * @param when at which point of the run, as in {@code after epoch 3}
 * @param classes what it says of them, class by class
 */
record ScoredEpoch(String when, ClassResults classes) {}
