package org.roundel.dl4j.net;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.roundel.api.model.InputShape;
import org.roundel.api.model.LayerDescription;
import org.roundel.api.model.MultiplyAdds;

/**
 * Describes a net's layers, with their multiply-adds for one image as {@link MultiplyAdds} defines
 * them: every weight of a convolution once for each pixel of its output, every weight of a linear
 * layer once.
 */
public final class NetLayers {
  private final NetDefinition definition;
  private final Map<String, InputType> types;

  /** What has a trained parameter in it or before it, so that a gradient must come back to it. */
  private final Set<String> needsGradient = new HashSet<>();

  private NetLayers(NetDefinition definition, InputShape input) {
    this.definition = definition;
    // A copy, because inferring the types writes preprocessors into the graph.
    this.types =
        definition
            .configuration()
            .clone()
            .getLayerActivationTypes(
                true,
                false,
                InputType.convolutional(input.height(), input.width(), input.channels()));
  }

  /** Returns the layers in the graph's topological order. */
  public static List<LayerDescription> of(NetDefinition definition, InputShape input) {
    NetLayers net = new NetLayers(definition, input);
    ComputationGraphConfiguration graph = definition.configuration();
    Map<String, List<TensorSpec>> trained = new HashMap<>();
    for (TensorSpec parameter : definition.parameters()) {
      trained.computeIfAbsent(parameter.layer(), layer -> new ArrayList<>()).add(parameter);
    }
    List<LayerDescription> layers = new ArrayList<>();
    for (String name : graph.getTopologicalOrderStr()) {
      if (!graph.getNetworkInputs().contains(name)) {
        layers.add(net.describe(name, trained.getOrDefault(name, List.of())));
      }
    }
    return List.copyOf(layers);
  }

  private LayerDescription describe(String name, List<TensorSpec> trained) {
    ComputationGraphConfiguration graph = definition.configuration();
    boolean gradientGoesOn =
        graph.getVertexInputs().get(name).stream().anyMatch(needsGradient::contains);
    if (gradientGoesOn || !trained.isEmpty()) {
      needsGradient.add(name);
    }
    List<Integer> shape = shape(types.get(name));
    long products = products(trained, shape);
    return new LayerDescription(
        name,
        kind(graph.getVertices().get(name)),
        shape,
        trained.stream().map(TensorSpec::name).toList(),
        new MultiplyAdds(products, gradientGoesOn ? 2 * products : products));
  }

  private static List<Integer> shape(InputType type) {
    if (type instanceof InputType.InputTypeConvolutional image) {
      return List.of(
          Math.toIntExact(image.getChannels()),
          Math.toIntExact(image.getHeight()),
          Math.toIntExact(image.getWidth()));
    }
    return List.of(Math.toIntExact(type.arrayElementsPerExample()));
  }

  private static long products(List<TensorSpec> trained, List<Integer> shape) {
    long products = 0;
    for (TensorSpec parameter : trained) {
      if (parameter.kind() == TensorKind.CONVOLUTION_WEIGHT) {
        products += parameter.length() * shape.get(1) * shape.get(2);
      } else if (parameter.kind() == TensorKind.LINEAR_WEIGHT) {
        products += parameter.length();
      }
    }
    return products;
  }

  private static String kind(GraphVertex vertex) {
    if (vertex instanceof LayerVertex layerVertex) {
      return kind(layerVertex.getLayerConf().getLayer());
    }
    if (vertex instanceof ElementWiseVertex elementWise) {
      return elementWise.getOp().name().toLowerCase(Locale.ROOT);
    }
    return words(vertex.getClass(), "Vertex");
  }

  private static String kind(Layer layer) {
    if (LayerRules.isPlainConvolution(layer)) {
      return "convolution";
    }
    if (LayerRules.isLinear(layer)) {
      return "linear";
    }
    if (layer instanceof BatchNormalization) {
      return "batch-normalisation";
    }
    if (layer instanceof SubsamplingLayer pooling) {
      return pooling(pooling.getPoolingType().name());
    }
    if (layer instanceof GlobalPoolingLayer pooling) {
      return "global-" + pooling(pooling.getPoolingType().name());
    }
    if (layer instanceof ActivationLayer activation) {
      String name = activation.getActivationFn().getClass().getSimpleName();
      return name.replaceFirst("^Activation", "").toLowerCase(Locale.ROOT);
    }
    return words(layer.getClass(), "Layer");
  }

  private static String pooling(String method) {
    return switch (method) {
      case "MAX" -> "max-pooling";
      case "AVG" -> "average-pooling";
      default -> method.toLowerCase(Locale.ROOT) + "-pooling";
    };
  }

  /** Returns a class's name in small letters, as in {@code zero-padded-shortcut}. */
  private static String words(Class<?> type, String suffix) {
    return type.getSimpleName()
        .replaceFirst(suffix + "$", "")
        .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }
}
