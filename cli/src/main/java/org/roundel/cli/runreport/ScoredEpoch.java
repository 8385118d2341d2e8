package org.roundel.cli.runreport;

import org.roundel.cli.compare.Images;
import org.roundel.core.event.ClassResults;

/**
 * What a net says of the images that it is evaluated on.
 *
 * @param when at which point of the run, as in {@code after epoch 3}
 * @param images which images those are
 * @param classes what it says of them, class by class
 */
record ScoredEpoch(String when, Images images, ClassResults classes) {}
