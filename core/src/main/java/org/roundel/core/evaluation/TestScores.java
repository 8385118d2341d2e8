package org.roundel.core.evaluation;

import org.roundel.core.event.ClassResults;
import org.roundel.core.event.Evaluation;

/**
 * What a net does on all test images.
 *
 * @param evaluation loss and error, as the model counts them
 * @param classes what its scores say, class by class
 */
public record TestScores(Evaluation evaluation, ClassResults classes) {}
