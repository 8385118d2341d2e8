package org.roundel.dl4j;

import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/**
 * A small net of what users' own nets contain, drawn from a seed: every activation that is
 * compiled, on layers and by itself; both paddings of average pooling, overlapping maxima, windows
 * with padding, dilation, stride and {@code ConvolutionMode.Same}; normalisation with and without
 * scale and shift; a block whose input three layers read and whose output is a sum of three; both
 * global poolings; hidden linear layers.
 */
public final class VariedGraph {
  private final Random random;
  private final GraphBuilder graph = Layers.graph();
  private String last = "images";
  private int names;

  private VariedGraph(long seed) {
    this.random = new Random(seed);
  }

  public static ComputationGraphConfiguration of(long seed, int classes) {
    return new VariedGraph(seed).build(classes);
  }

  private ComputationGraphConfiguration build(int classes) {
    int width = 3 + random.nextInt(14);
    add("first", convolution(width, activation()));
    add("norm", normalization());
    add("activation", new ActivationLayer(activation()));
    add("pool", pooling());
    block(3 + random.nextInt(14), 1 + random.nextInt(2));
    if (random.nextBoolean()) {
      PoolingType type = random.nextBoolean() ? PoolingType.MAX : PoolingType.AVG;
      add("global", new GlobalPoolingLayer.Builder(type).build());
    }
    add(
        "hidden",
        new DenseLayer.Builder()
            .nOut(4 + random.nextInt(5))
            .hasBias(random.nextBoolean())
            .activation(Activation.TANH)
            .build());
    // A rectifier could switch off for the whole batch, and normalisation then gives exactly 0,
    // where a rectifier behind it has no derivative.
    if (random.nextBoolean()) {
      add("norm", normalization());
      add("activation", new ActivationLayer(activation()));
    }
    add("output", Layers.classifier(classes));
    return graph.setOutputs(last).build();
  }

  /** Three ways from one value, added; a 1×1 convolution of the stride is one of them. */
  private void block(int channels, int stride) {
    String in = last;
    add("main", square(channels, 3, stride, 1));
    add("norm", normalization());
    String main = last;
    last = in;
    add("short", square(channels, 1, stride, 0));
    add("norm", normalization());
    String shortcut = last;
    last = in;
    add("dilated", dilated(channels, stride));
    String dilated = last;
    last = name("add");
    graph.addVertex(last, new ElementWiseVertex(ElementWiseVertex.Op.Add), main, shortcut, dilated);
    add("activation", new ActivationLayer(activation()));
  }

  private Layer convolution(int channels, IActivation activation) {
    boolean same = random.nextBoolean();
    int stride = 1 + random.nextInt(2);
    int dilation = stride == 1 ? 1 + random.nextInt(2) : 1;
    int padding = same ? 0 : random.nextInt(2);
    return new ConvolutionLayer.Builder(2 + random.nextInt(2), 3)
        .stride(stride, 1 + random.nextInt(2))
        .dilation(dilation, dilation)
        .padding(padding, padding)
        .convolutionMode(same ? ConvolutionMode.Same : ConvolutionMode.Truncate)
        .nOut(channels)
        .hasBias(random.nextBoolean())
        .activation(activation)
        .build();
  }

  private static Layer square(int channels, int kernel, int stride, int padding) {
    return new ConvolutionLayer.Builder(kernel, kernel)
        .stride(stride, stride)
        .padding(padding, padding)
        .nOut(channels)
        .hasBias(false)
        .activation(new ActivationIdentity())
        .build();
  }

  private Layer dilated(int channels, int stride) {
    return new ConvolutionLayer.Builder(3, 3)
        .stride(stride, stride)
        .dilation(2, 2)
        .padding(2, 2)
        .nOut(channels)
        .hasBias(random.nextBoolean())
        .activation(activation())
        .build();
  }

  private Layer pooling() {
    boolean average = random.nextBoolean();
    boolean same = random.nextInt(3) == 0;
    int padding = same ? 0 : random.nextInt(2);
    return new SubsamplingLayer.Builder(
            average ? SubsamplingLayer.PoolingType.AVG : SubsamplingLayer.PoolingType.MAX)
        .kernelSize(3, 2 + random.nextInt(2))
        .stride(1 + random.nextInt(2), 2)
        .padding(padding, padding)
        .convolutionMode(same ? ConvolutionMode.Same : ConvolutionMode.Truncate)
        .avgPoolIncludePadInDivisor(random.nextBoolean())
        .build();
  }

  private Layer normalization() {
    return new BatchNormalization.Builder()
        .lockGammaBeta(random.nextInt(3) == 0)
        .eps(random.nextBoolean() ? 1e-5 : 1e-3)
        .decay(random.nextBoolean() ? 0.9 : 0.6)
        .build();
  }

  private IActivation activation() {
    List<IActivation> all =
        List.of(
            new ActivationIdentity(),
            new ActivationReLU(),
            new ActivationReLU(null, null, 0.2),
            new ActivationLReLU(0.3),
            new ActivationELU(),
            new ActivationTanH(),
            new ActivationSigmoid(),
            new ActivationSoftPlus(),
            new ActivationSwish());
    return all.get(random.nextInt(all.size()));
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
