package org.roundel.resnet;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.roundel.dl4j.Layers;
import org.roundel.dl4j.ZeroPaddedShortcutVertex;

/**
 * Writes a residual net layer by layer (He, Zhang, Ren, Sun, "Deep Residual Learning for Image
 * Recognition", 2015). Blocks are basic and post-activation:
 *
 * <pre>  out = relu(norm2(conv2(relu(norm1(conv1(in))))) + shortcut(in))  </pre>
 */
final class ResidualGraph {
  /** What takes a block's input past its convolutions where the shape changes. */
  enum Shortcut {
    /** Strided identity with channels of zeros; no parameters. */
    ZERO_PADDED,
    /** A 1×1 convolution with batch normalisation. */
    CONVOLUTION
  }

  private final GraphBuilder graph = Layers.graph();
  private final Shortcut shortcut;
  private String last = "images";
  private int channels;

  ResidualGraph(Shortcut shortcut) {
    this.shortcut = shortcut;
  }

  /** Adds the convolution in front of the blocks, with normalisation and rectifier. */
  ResidualGraph stem(int width, int kernel, int stride) {
    last = convolution("stem", last, width, kernel, stride);
    graph.addLayer("stem-relu", Layers.relu(), last);
    last = "stem-relu";
    channels = width;
    return this;
  }

  /** Adds max pooling. */
  ResidualGraph maxPooling(int kernel, int stride, int padding) {
    graph.addLayer("stem-pool", Layers.maxPooling(kernel, stride, padding), last);
    last = "stem-pool";
    return this;
  }

  /** Adds a stage of blocks, the first of which has the stride. */
  ResidualGraph stage(int number, int blocks, int width, int stride) {
    for (int block = 1; block <= blocks; block++) {
      block("stage" + number + "-block" + block, width, block == 1 ? stride : 1);
    }
    return this;
  }

  /** Adds global average pooling and the classifier, and returns the net. */
  ComputationGraphConfiguration classify(int classes) {
    return graph
        .addLayer("pool", Layers.globalAveragePooling(), last)
        .addLayer("linear", Layers.classifier(classes), "pool")
        .setOutputs("linear")
        .build();
  }

  private void block(String name, int width, int stride) {
    String in = last;
    String inner = convolution(name + "-conv1", in, width, 3, stride);
    graph.addLayer(name + "-relu1", Layers.relu(), inner);
    String outer = convolution(name + "-conv2", name + "-relu1", width, 3, 1);
    String past = in;
    if (stride != 1 || width != channels) {
      past = shortcut(name + "-shortcut", in, width, stride);
    }
    graph.addVertex(name + "-add", new ElementWiseVertex(ElementWiseVertex.Op.Add), outer, past);
    graph.addLayer(name + "-relu2", Layers.relu(), name + "-add");
    last = name + "-relu2";
    channels = width;
  }

  private String shortcut(String name, String in, int width, int stride) {
    if (shortcut == Shortcut.CONVOLUTION) {
      return convolution(name, in, width, 1, stride);
    }
    graph.addVertex(name, new ZeroPaddedShortcutVertex(stride, width), in);
    return name;
  }

  /** Adds a convolution and its normalisation, and returns the latter's name. */
  private String convolution(String name, String in, int width, int kernel, int stride) {
    graph.addLayer(name, Layers.convolution(width, kernel, stride), in);
    graph.addLayer(name + "-norm", Layers.normalization(), name);
    return name + "-norm";
  }
}
