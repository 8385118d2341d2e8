package org.roundel.dl4j.net;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.roundel.api.InvalidInputException;

/** Writes a stack of layers as a graph. */
public final class LayerStack {
  private LayerStack() {}

  /**
   * Returns the graph with one layer after the other; the configuration is not changed.
   *
   * @throws InvalidInputException if two layers have one name, which a graph does not allow
   */
  public static ComputationGraphConfiguration toGraph(MultiLayerConfiguration stack) {
    MultiLayerConfiguration copy = stack.clone();
    ComputationGraphConfiguration.GraphBuilder graph =
        new NeuralNetConfiguration.Builder().graphBuilder();
    Map<String, Integer> names = names(copy.getConfs());
    String previous = "images";
    while (names.containsKey(previous)) {
      previous = "input-" + previous;
    }
    graph.addInputs(previous);
    for (Map.Entry<String, Integer> layer : names.entrySet()) {
      String name = layer.getKey();
      int index = layer.getValue();
      graph.addLayer(
          name, copy.getConfs().get(index).getLayer(), copy.getInputPreProcess(index), previous);
      previous = name;
    }
    ComputationGraphConfiguration configuration = graph.setOutputs(previous).build();
    configuration.setBackpropType(stack.getBackpropType());
    return configuration;
  }

  /** Returns the layers' positions by name, in order. */
  private static Map<String, Integer> names(List<NeuralNetConfiguration> layers) {
    Map<String, Integer> names = new LinkedHashMap<>();
    for (int index = 0; index < layers.size(); index++) {
      Layer layer = layers.get(index).getLayer();
      String name = layer.getLayerName() == null ? "layer" + index : layer.getLayerName();
      Integer other = names.put(name, index);
      if (other != null) {
        throw new InvalidInputException(
            "layers "
                + other
                + " and "
                + index
                + " of the stack, counted from 0, are both called '"
                + name
                + "'; names stand in checkpoints, so give each layer its own");
      }
    }
    return names;
  }
}
