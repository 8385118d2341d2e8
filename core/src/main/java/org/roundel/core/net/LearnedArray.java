package org.roundel.core.net;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An array of the quantizer that the optimizer updates as it does a parameter.
 *
 * @param name the quantizer's name for it
 * @param values what is learned
 * @param gradient its gradient, written by the quantizer
 * @param optimizerState the optimizer's arrays for it
 */
record LearnedArray(
    String name, INDArray values, INDArray gradient, List<INDArray> optimizerState) {}
