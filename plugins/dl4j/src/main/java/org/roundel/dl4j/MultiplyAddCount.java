package org.roundel.dl4j;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.roundel.api.model.InputShape;
import org.roundel.api.model.MultiplyAdds;

/**
 * Counts the multiply-adds of a net for one image, as {@link MultiplyAdds} defines them: every
 * weight of a convolution once for each pixel of its output, every weight of a linear layer once.
 */
final class MultiplyAddCount {
  private MultiplyAddCount() {}

  static MultiplyAdds of(NetDefinition definition, InputShape input) {
    ComputationGraphConfiguration graph = definition.configuration();
    Map<String, Long> products = products(definition, input);
    Set<String> trained = new HashSet<>();
    definition.parameters().forEach(parameter -> trained.add(parameter.layer()));
    // What has a trained parameter in it or before it, so that a gradient must come back to it.
    Set<String> needsGradient = new HashSet<>();
    long forward = 0;
    long backward = 0;
    for (String name : graph.getTopologicalOrderStr()) {
      List<String> sources = graph.getVertexInputs().getOrDefault(name, List.of());
      boolean gradientGoesOn = sources.stream().anyMatch(needsGradient::contains);
      if (gradientGoesOn || trained.contains(name)) {
        needsGradient.add(name);
      }
      long own = products.getOrDefault(name, 0L);
      forward += own;
      backward += gradientGoesOn ? 2 * own : own;
    }
    return new MultiplyAdds(forward, backward);
  }

  private static Map<String, Long> products(NetDefinition definition, InputShape input) {
    // A copy, because inferring the types writes preprocessors into the graph.
    Map<String, InputType> types =
        definition
            .configuration()
            .clone()
            .getLayerActivationTypes(
                true,
                false,
                InputType.convolutional(input.height(), input.width(), input.channels()));
    Map<String, Long> products = new HashMap<>();
    for (TensorSpec parameter : definition.parameters()) {
      if (parameter.kind() == TensorKind.CONVOLUTION_WEIGHT) {
        InputType.InputTypeConvolutional output =
            (InputType.InputTypeConvolutional) types.get(parameter.layer());
        products.put(
            parameter.layer(), parameter.length() * output.getHeight() * output.getWidth());
      } else if (parameter.kind() == TensorKind.LINEAR_WEIGHT) {
        products.put(parameter.layer(), parameter.length());
      }
    }
    return products;
  }
}
