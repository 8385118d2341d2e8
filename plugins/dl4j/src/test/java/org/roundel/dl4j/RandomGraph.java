package org.roundel.dl4j;

import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.Activation;

/**
 * A small net that has every kind of layer once, with sizes and order drawn from a seed:
 * convolution with and without bias, batch normalisation, rectifier, max pooling, a residual block
 * with a zero-padded shortcut and one with an identity, global average pooling, linear layers.
 */
public final class RandomGraph {
  private final Random random;
  private final GraphBuilder graph = Layers.graph();
  private String last = "images";
  private int names;

  private final int multiple;

  private RandomGraph(long seed, int multiple) {
    this.random = new Random(seed);
    this.multiple = multiple;
  }

  public static ComputationGraphConfiguration of(long seed, int classes) {
    return of(seed, classes, 1);
  }

  /** Returns a graph whose numbers of channels are multiples of a number. */
  public static ComputationGraphConfiguration of(long seed, int classes, int multiple) {
    return new RandomGraph(seed, multiple).build(classes);
  }

  private ComputationGraphConfiguration build(int classes) {
    int channels = (2 + random.nextInt(2)) * multiple;
    add(
        "biased",
        new ConvolutionLayer.Builder(3, 1 + 2 * random.nextInt(2))
            .nOut(channels)
            .padding(1, 0)
            .activation(random.nextBoolean() ? Activation.IDENTITY : Activation.RELU)
            .build());
    normalizeAndRectify();
    if (random.nextBoolean()) {
      add("pool", Layers.maxPooling(2, 2, 0));
      residual(channels, 1);
    } else {
      residual(channels, 1);
      add("pool", Layers.maxPooling(3, 2, 1));
    }
    int wider = channels + (1 + random.nextInt(2)) * multiple;
    residual(wider, 1 + random.nextInt(2));
    if (random.nextBoolean()) {
      add("average", Layers.globalAveragePooling());
    }
    add("hidden", Layers.linear(3, random.nextBoolean()));
    normalizeAndRectify();
    add("output", Layers.classifier(classes));
    return graph.setOutputs(last).build();
  }

  private void residual(int channels, int stride) {
    String in = last;
    add("inner", Layers.convolution(channels, 3, stride));
    normalizeAndRectify();
    add("outer", Layers.convolution(channels, 3, 1));
    add("norm", Layers.normalization());
    String outer = last;
    String past = name("shortcut");
    graph.addVertex(past, new ZeroPaddedShortcutVertex(stride, channels), in);
    last = name("add");
    graph.addVertex(last, new ElementWiseVertex(ElementWiseVertex.Op.Add), outer, past);
    add("relu", Layers.relu());
  }

  private void normalizeAndRectify() {
    add("norm", Layers.normalization());
    add("relu", Layers.relu());
  }

  private void add(String kind, Layer layer) {
    String name = name(kind);
    graph.addLayer(name, layer, last);
    last = name;
  }

  private String name(String kind) {
    names++;
    return kind + names;
  }
}
