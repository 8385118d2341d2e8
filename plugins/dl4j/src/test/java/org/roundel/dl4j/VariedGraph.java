package org.roundel.dl4j;

import java.util.ArrayList;
import java.util.Collections;
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
 * A small net of building blocks in an order drawn from a seed. Twenty-four neighbouring seeds have
 * every block and every activation, which a seed's place in the lists makes sure of.
 */
final class VariedGraph {
  /** What a net's images go through. */
  enum Block {
    CONVOLUTION,
    SAME_CONVOLUTION,
    DILATED_CONVOLUTION,
    NORMALIZATION,
    LOCKED_NORMALIZATION,
    ACTIVATION,
    AVERAGE_POOLING,
    AVERAGE_POOLING_WITH_PADDING,
    OVERLAPPING_MAX_POOLING,
    PADDED_MAX_POOLING,
    SAME_MAX_POOLING,
    SUM_OF_THREE,
    SAME_VALUE_TWICE,
    THREE_READERS,
    CONVOLUTION_SHORTCUT,
    ZERO_PADDED_SHORTCUT
  }

  private static final int BLOCKS = 4;

  private final Random random;
  private final int multiple;
  private final long seed;
  private final GraphBuilder graph = Layers.graph();
  private String last = "images";
  private int channels;
  private int names;
  private int activations;

  private VariedGraph(long seed, int multiple) {
    this.seed = seed;
    this.random = new Random(seed);
    this.multiple = multiple;
  }

  /** Returns a graph for images of at least 9×8 whose numbers of channels are multiples. */
  static ComputationGraphConfiguration of(long seed, int classes, int multiple) {
    return new VariedGraph(seed, multiple).build(classes);
  }

  /** Returns the blocks of a seed's net. */
  static List<Block> blocks(long seed) {
    Block[] all = Block.values();
    List<Block> blocks = new ArrayList<>();
    blocks.add(all[(int) (seed % all.length)]);
    Random order = new Random(seed + 1000);
    while (blocks.size() < BLOCKS) {
      blocks.add(all[order.nextInt(all.length)]);
    }
    Collections.shuffle(blocks, order);
    return blocks;
  }

  private ComputationGraphConfiguration build(int classes) {
    if (seed % 3 == 0) {
      add("norm", normalization(random.nextBoolean()));
    }
    channels = 2 * multiple;
    add("conv", convolution(channels, 3, 3, 1, 1).padding(1, 1).build());
    for (Block block : blocks(seed)) {
      add(block);
    }
    switch ((int) (seed % 4)) {
      case 0 -> add("average", Layers.globalAveragePooling());
      case 1 -> add("max", new GlobalPoolingLayer.Builder(PoolingType.MAX).build());
      default -> {}
    }
    if (seed % 2 == 0) {
      add(
          "hidden",
          new DenseLayer.Builder()
              .nOut(5)
              .hasBias(random.nextBoolean())
              .activation(activation())
              .build());
      add("norm", normalization(random.nextBoolean()));
      add("activation", new ActivationLayer(activation()));
    }
    add("output", Layers.classifier(classes));
    return graph.setOutputs(last).build();
  }

  private void add(Block block) {
    switch (block) {
      case CONVOLUTION ->
          add("conv", convolution(wider(), 2, 3, 1 + random.nextInt(2), 1).padding(1, 0).build());
      case SAME_CONVOLUTION ->
          add(
              "same",
              convolution(wider(), 2 + random.nextInt(2), 3, 1 + random.nextInt(2), 1)
                  .convolutionMode(ConvolutionMode.Same)
                  .build());
      case DILATED_CONVOLUTION ->
          add("dilated", convolution(wider(), 3, 2, 1, 2).padding(2, 1).build());
      case NORMALIZATION -> add("norm", normalization(false));
      case LOCKED_NORMALIZATION -> add("norm", normalization(true));
      case ACTIVATION -> add("activation", new ActivationLayer(activation()));
      case AVERAGE_POOLING -> add("average", pooling(false, false).kernelSize(2, 2).build());
      case AVERAGE_POOLING_WITH_PADDING ->
          add("average", pooling(false, true).kernelSize(3, 2).padding(1, 1).build());
      case OVERLAPPING_MAX_POOLING ->
          add("max", pooling(true, false).kernelSize(3, 3).stride(2, 1).padding(1, 1).build());
      case PADDED_MAX_POOLING ->
          add("max", pooling(true, false).kernelSize(2, 3).padding(1, 1).build());
      case SAME_MAX_POOLING ->
          add(
              "max",
              pooling(true, false)
                  .kernelSize(3, 2)
                  .stride(2, 2)
                  .convolutionMode(ConvolutionMode.Same)
                  .build());
      case SUM_OF_THREE -> {
        String in = last;
        String one = branch(in, convolution(channels, 3, 3, 1, 1).padding(1, 1).build());
        String other = branch(in, convolution(channels, 1, 1, 1, 1).build());
        sum(one, in, other);
      }
      case SAME_VALUE_TWICE -> sum(last, last);
      case THREE_READERS -> {
        String in = last;
        String one = branch(in, convolution(channels, 3, 3, 1, 1).padding(1, 1).build());
        String normalized = branch(in, normalization(false));
        String activated = branch(in, new ActivationLayer(activation()));
        sum(one, normalized);
        sum(activated, last);
      }
      case CONVOLUTION_SHORTCUT -> {
        String in = last;
        channels = wider();
        String inner = branch(in, convolution(channels, 3, 3, 2, 1).padding(1, 1).build());
        String outer = branch(inner, normalization(false));
        String past =
            branch(branch(in, convolution(channels, 1, 1, 2, 1).build()), normalization(false));
        sum(outer, past);
        add("relu", Layers.relu());
      }
      case ZERO_PADDED_SHORTCUT -> {
        String in = last;
        channels = wider();
        String outer = branch(in, convolution(channels, 3, 3, 2, 1).padding(1, 1).build());
        String past = name("shortcut");
        graph.addVertex(past, new ZeroPaddedShortcutVertex(2, channels), in);
        sum(past, outer);
      }
    }
  }

  private int wider() {
    channels += random.nextInt(2) * multiple;
    return channels;
  }

  private ConvolutionLayer.Builder convolution(
      int outputs, int height, int width, int stride, int dilation) {
    return new ConvolutionLayer.Builder(height, width)
        .nOut(outputs)
        .stride(stride, stride)
        .dilation(dilation, dilation)
        .hasBias(random.nextBoolean())
        .activation(random.nextBoolean() ? new ActivationIdentity() : activation());
  }

  private static SubsamplingLayer.Builder pooling(boolean max, boolean includePadding) {
    SubsamplingLayer.Builder builder =
        new SubsamplingLayer.Builder(
            max ? SubsamplingLayer.PoolingType.MAX : SubsamplingLayer.PoolingType.AVG);
    builder.avgPoolIncludePadInDivisor(includePadding);
    return builder.stride(1, 1);
  }

  private static Layer normalization(boolean locked) {
    return new BatchNormalization.Builder().eps(1e-3).decay(0.8).lockGammaBeta(locked).build();
  }

  /** Returns the activations in turn. */
  private IActivation activation() {
    activations++;
    return switch ((int) ((seed + 3L * activations) % 7)) {
      case 0 -> new ActivationReLU();
      case 1 -> new ActivationLReLU(0.1);
      case 2 -> new ActivationELU();
      case 3 -> new ActivationTanH();
      case 4 -> new ActivationSigmoid();
      case 5 -> new ActivationSoftPlus();
      default -> new ActivationSwish();
    };
  }

  private String branch(String from, Layer layer) {
    String name = name("branch");
    graph.addLayer(name, layer, from);
    return name;
  }

  private void sum(String... values) {
    last = name("sum");
    graph.addVertex(last, new ElementWiseVertex(ElementWiseVertex.Op.Add), values);
  }

  private void add(String kind, Layer layer) {
    last = branchNamed(kind, layer);
  }

  private String branchNamed(String kind, Layer layer) {
    String name = name(kind);
    graph.addLayer(name, layer, last);
    return name;
  }

  private String name(String kind) {
    names++;
    return kind + names;
  }
}
