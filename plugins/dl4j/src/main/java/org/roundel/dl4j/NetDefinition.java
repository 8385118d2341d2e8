package org.roundel.dl4j;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/**
 * What a net is, apart from what runs it: its graph, checked and with all shapes inferred, and the
 * layout of its arrays.
 *
 * @param configuration the graph; an executor works on a copy
 * @param output the name of the output layer
 * @param parameters the trained arrays, in the graph's topological order
 * @param buffers the arrays that are state but not trained
 * @param length how many numbers parameters and buffers have together
 * @param noisy whether the net draws random numbers in training mode, as dropout does
 */
record NetDefinition(
    ComputationGraphConfiguration configuration,
    String output,
    List<TensorSpec> parameters,
    List<TensorSpec> buffers,
    long length,
    boolean noisy) {
  NetDefinition {
    parameters = List.copyOf(parameters);
    buffers = List.copyOf(buffers);
  }
}
