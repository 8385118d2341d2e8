package org.roundel.vgg;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.roundel.dl4j.Layers;

/**
 * Writes a plain stack of layers. Convolutions are {@code conv1}, {@code conv2} and so on, linear
 * layers {@code linear1} and so on; each one's normalisation has {@code -norm} at its end.
 */
final class VggGraph {
  private final GraphBuilder graph = Layers.graph();
  private String last = "images";
  private int convolutions;
  private int linears;
  private int poolings;

  /** Adds a 3×3 convolution, batch normalisation and rectifier. */
  VggGraph convolution(int channels) {
    convolutions++;
    String name = "conv" + convolutions;
    add(name, Layers.convolution(channels, 3, 1));
    normalize(name);
    return this;
  }

  /** Adds a 3×3 convolution, 2×2 max pooling, batch normalisation and rectifier. */
  VggGraph pooledConvolution(int channels) {
    convolutions++;
    String name = "conv" + convolutions;
    add(name, Layers.convolution(channels, 3, 1));
    pool();
    normalize(name);
    return this;
  }

  /** Adds 2×2 max pooling. */
  VggGraph pool() {
    poolings++;
    add("pool" + poolings, Layers.maxPooling(2, 2, 0));
    return this;
  }

  /** Adds a linear layer, whose bias normalisation would undo, batch normalisation, rectifier. */
  VggGraph linear(int outputs) {
    linears++;
    String name = "linear" + linears;
    add(name, Layers.linear(outputs, false));
    normalize(name);
    return this;
  }

  /** Adds the classifier and returns the net. */
  ComputationGraphConfiguration classify(int classes) {
    linears++;
    add("linear" + linears, Layers.classifier(classes));
    return graph.setOutputs(last).build();
  }

  private void normalize(String name) {
    add(name + "-norm", Layers.normalization());
    add(name + "-relu", Layers.relu());
  }

  private void add(String name, Layer layer) {
    graph.addLayer(name, layer, last);
    last = name;
  }
}
