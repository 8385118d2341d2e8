package org.roundel.core.net;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.model.ParameterPlace;
import org.roundel.api.training.StateArrays;

/**
 * An array of the quantizer that the optimizer updates as it does a parameter.
 *
 * @param name the quantizer's name for it
 * @param place what the optimizer is told of it
 * @param values what is learned
 * @param gradient its gradient, written by the quantizer
 * @param optimizerState the optimizer's arrays for it
 */
record LearnedArray(
    String name,
    ParameterPlace place,
    INDArray values,
    INDArray gradient,
    StateArrays optimizerState) {}
