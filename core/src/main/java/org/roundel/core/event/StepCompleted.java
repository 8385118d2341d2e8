package org.roundel.core.event;

/**
 * One update was made.
 *
 * @param epoch the epoch, counted from 1
 * @param stepInEpoch the update within the epoch, counted from 1
 * @param stepsPerEpoch updates in an epoch
 * @param step the update within the run, counted from 1
 * @param learningRate its learning rate
 * @param loss the batch's mean loss before the update
 * @param wrong how many of the batch's images were misclassified before the update
 * @param images the batch's size
 * @param gradientNorm Euclidean norm of the gradients of all parameters together
 * @param times how long its parts took
 */
public record StepCompleted(
    int epoch,
    int stepInEpoch,
    int stepsPerEpoch,
    long step,
    double learningRate,
    double loss,
    int wrong,
    int images,
    double gradientNorm,
    PhaseTimes times) {}
