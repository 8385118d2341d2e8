package org.roundel.dl4j;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;

/** Writes a stack of layers as a graph. */
final class LayerStack {
  private LayerStack() {}

  /** Returns the graph with one layer after the other; the configuration is not changed. */
  static ComputationGraphConfiguration toGraph(MultiLayerConfiguration stack) {
    MultiLayerConfiguration copy = stack.clone();
    ComputationGraphConfiguration.GraphBuilder graph =
        new NeuralNetConfiguration.Builder().graphBuilder();
    String previous = "images";
    graph.addInputs(previous);
    List<NeuralNetConfiguration> layers = copy.getConfs();
    for (int index = 0; index < layers.size(); index++) {
      Layer layer = layers.get(index).getLayer();
      String name = layer.getLayerName() == null ? "layer" + index : layer.getLayerName();
      graph.addLayer(name, layer, copy.getInputPreProcess(index), previous);
      previous = name;
    }
    ComputationGraphConfiguration configuration = graph.setOutputs(previous).build();
    configuration.setBackpropType(stack.getBackpropType());
    return configuration;
  }
}
