package org.roundel.dl4j.net;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.lossfunctions.impl.LossSquaredHinge;

/**
 * What a net is, apart from what runs it: its graph, checked and with all shapes inferred, and the
 * layout of its arrays.
 *
 * @param configuration the graph; an executor works on a copy
 * @param output the name of the output layer
 * @param parameters the trained arrays, in the graph's topological order
 * @param normalizations where batch normalisation keeps state that is not trained, in that order
 * @param length how many numbers parameters and buffers have together
 * @param noisy whether the net draws random numbers in training mode, as dropout does
 */
public record NetDefinition(
    ComputationGraphConfiguration configuration,
    String output,
    List<TensorSpec> parameters,
    List<Normalization> normalizations,
    long length,
    boolean noisy) {
  public NetDefinition {
    parameters = List.copyOf(parameters);
    normalizations = List.copyOf(normalizations);
  }

  /** Returns the arrays that are state but not trained. */
  public List<TensorSpec> buffers() {
    return normalizations.stream()
        .flatMap(each -> Stream.of(each.mean(), each.variance()))
        .toList();
  }

  /** Returns whether the loss is the cross-entropy of probabilities, not squared hinges. */
  public boolean hasSoftmax() {
    LayerVertex last = (LayerVertex) configuration.getVertices().get(output);
    return !(((OutputLayer) last.getLayerConf().getLayer()).getLossFn()
        instanceof LossSquaredHinge);
  }
}
