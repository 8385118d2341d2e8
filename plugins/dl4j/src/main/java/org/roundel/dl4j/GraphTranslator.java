package org.roundel.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.lossfunctions.impl.LossSquaredHinge;
import org.roundel.api.model.InputShape;
import org.roundel.onednn.graph.Graph;
import org.roundel.onednn.net.Loss;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Slice;
import org.roundel.onednn.net.Window;
import org.roundel.onednn.operation.Activation;
import org.roundel.onednn.operation.ActivationFunction;
import org.roundel.onednn.operation.Add;
import org.roundel.onednn.operation.BatchNormalization.Affine;
import org.roundel.onednn.operation.BatchNormalization.Running;
import org.roundel.onednn.operation.Convolution;
import org.roundel.onednn.operation.Dropout;
import org.roundel.onednn.operation.Linear;
import org.roundel.onednn.operation.Pooling;
import org.roundel.onednn.operation.PoolingMethod;

/** Translates a net's DL4J graph into the operations of a compiled program. */
final class GraphTranslator {
  /** A layer or vertex has no counterpart among the operations. The message names it and why. */
  static final class UntranslatableException extends Exception {
    private static final long serialVersionUID = 1L;

    UntranslatableException(String message) {
      super(message);
    }
  }

  private final NetDefinition definition;
  private final Graph.Builder graph;
  private final Map<String, Integer> values = new HashMap<>();
  private final Map<String, Slice> slices = new HashMap<>();

  private GraphTranslator(NetDefinition definition, InputShape input) {
    this.definition = definition;
    this.graph = Graph.builder(Shape.image(input.channels(), input.height(), input.width()));
    values.put(definition.configuration().getNetworkInputs().get(0), 0);
    List<TensorSpec> all = new ArrayList<>(definition.parameters());
    all.addAll(definition.buffers());
    for (TensorSpec spec : all) {
      slices.put(spec.name(), new Slice(spec.offset(), spec.length()));
    }
  }

  /**
   * Returns the net's operations.
   *
   * @throws UntranslatableException if there is a layer or vertex that has no counterpart
   */
  static Graph translate(NetDefinition definition, InputShape input)
      throws UntranslatableException {
    return new GraphTranslator(definition, input).translate();
  }

  private Graph translate() throws UntranslatableException {
    for (String name : definition.configuration().getTopologicalOrderStr()) {
      GraphVertex vertex = definition.configuration().getVertices().get(name);
      if (vertex == null) {
        continue; // The net's input stands in the order, but is no vertex.
      }
      List<Integer> sources = new ArrayList<>();
      for (String source : definition.configuration().getVertexInputs().get(name)) {
        sources.add(values.get(source));
      }
      try {
        values.put(name, translate(name, vertex, sources));
      } catch (IllegalArgumentException unfit) {
        throw new UntranslatableException(unfit.getMessage());
      }
    }
    OutputLayer output = (OutputLayer) layer(definition.output());
    try {
      return graph.build(
          output.getLossFn() instanceof LossSquaredHinge
              ? Loss.SQUARED_HINGE
              : Loss.SOFTMAX_CROSS_ENTROPY);
    } catch (IllegalArgumentException unfit) {
      throw new UntranslatableException(unfit.getMessage());
    }
  }

  private Layer layer(String name) {
    LayerVertex vertex = (LayerVertex) definition.configuration().getVertices().get(name);
    return vertex.getLayerConf().getLayer();
  }

  private int translate(String name, GraphVertex vertex, List<Integer> sources)
      throws UntranslatableException {
    if (vertex instanceof LayerVertex layerVertex) {
      return layer(name, layerVertex, sources.get(0));
    }
    if (vertex instanceof ElementWiseVertex sum && sum.getOp() == ElementWiseVertex.Op.Add) {
      int total = sources.get(0);
      for (int source : sources.subList(1, sources.size())) {
        total = graph.add(new Add(name, total, source));
      }
      return total;
    }
    if (vertex instanceof ZeroPaddedShortcutVertex shortcut) {
      return graph.add(
          new org.roundel.onednn.operation.ZeroPaddedShortcut(
              name, sources.get(0), shortcut.getStride(), shortcut.getChannels()));
    }
    throw no("vertex", name, vertex.getClass(), "it is not one of those that are compiled");
  }

  private int layer(String name, LayerVertex vertex, int source) throws UntranslatableException {
    Layer layer = vertex.getLayerConf().getLayer();
    checkPreProcessor(name, layer, vertex.getPreProcessor());
    int input = drops(layer) ? dropout(name, layer, source) : source;
    if (layer instanceof BaseLayer base && base.getWeightNoise() != null) {
      throw no("layer", name, layer.getClass(), "it has weight noise");
    }
    if (LayerRules.isPlainConvolution(layer)) {
      return convolution(name, (ConvolutionLayer) layer, input);
    }
    if (LayerRules.isLinear(layer)) {
      return linear(name, (FeedForwardLayer) layer, input);
    }
    if (layer.getClass() == BatchNormalization.class) {
      return normalization(name, (BatchNormalization) layer, input);
    }
    if (layer.getClass() == ActivationLayer.class) {
      return activation(name, layer, ((ActivationLayer) layer).getActivationFn(), input);
    }
    if (layer.getClass() == SubsamplingLayer.class) {
      return pooling(name, (SubsamplingLayer) layer, input);
    }
    if (layer.getClass() == GlobalPoolingLayer.class) {
      return globalPooling(name, (GlobalPoolingLayer) layer, input);
    }
    if (layer.getClass() == DropoutLayer.class) {
      // DL4J does not apply the activation that its configuration carries.
      return input;
    }
    throw no("layer", name, layer.getClass(), "it is not one of those that are compiled");
  }

  /** An image becomes a row only where a linear layer reads it, which takes it as it is. */
  private void checkPreProcessor(String name, Layer layer, @Nullable InputPreProcessor preProcessor)
      throws UntranslatableException {
    boolean flattens =
        preProcessor != null && preProcessor.getClass() == CnnToFeedForwardPreProcessor.class;
    if (preProcessor != null && !(flattens && LayerRules.isLinear(layer))) {
      throw no(
          "layer",
          name,
          layer.getClass(),
          "its input is reshaped by " + preProcessor.getClass().getSimpleName());
    }
  }

  /** Returns whether DL4J heeds the layer's dropout; the others' layers carry it to no effect. */
  private static boolean drops(Layer layer) {
    return LayerRules.isPlainConvolution(layer)
        || LayerRules.isLinear(layer)
        || layer.getClass() == DropoutLayer.class;
  }

  /** DL4J drops part of a layer's input. */
  private int dropout(String name, Layer layer, int source) throws UntranslatableException {
    IDropout dropout = layer.getIDropout();
    if (dropout == null) {
      return source;
    }
    if (dropout instanceof org.deeplearning4j.nn.conf.dropout.Dropout plain
        && plain.getPSchedule() == null) {
      return graph.add(new Dropout(name + "-dropout", source, (float) plain.getP()));
    }
    throw no("layer", name, layer.getClass(), "its dropout is " + dropout);
  }

  private int convolution(String name, ConvolutionLayer layer, int input)
      throws UntranslatableException {
    Window window =
        window(
            graph.shape(input),
            layer.getKernelSize(),
            layer.getStride(),
            layer.getPadding(),
            layer.getDilation(),
            layer.getConvolutionMode());
    int value =
        graph.add(
            new Convolution(
                name,
                input,
                layer.getNOut(),
                window,
                slice(name, TensorKind.CONVOLUTION_WEIGHT),
                layer.hasBias() ? slice(name, TensorKind.BIAS) : null));
    return activation(name + "-activation", layer, layer.getActivationFn(), value);
  }

  private int linear(String name, FeedForwardLayer layer, int input)
      throws UntranslatableException {
    int value =
        graph.add(
            new Linear(
                name,
                input,
                layer.getNOut(),
                slice(name, TensorKind.LINEAR_WEIGHT),
                LayerRules.hasBias(layer) ? slice(name, TensorKind.BIAS) : null));
    if (layer instanceof OutputLayer) {
      // Its activation is part of the loss.
      return value;
    }
    return activation(name + "-activation", layer, layer.getActivationFn(), value);
  }

  private int normalization(String name, BatchNormalization layer, int input)
      throws UntranslatableException {
    boolean locked = layer.isLockGammaBeta();
    if (locked && (layer.getGamma() != 1 || layer.getBeta() != 0)) {
      throw no(
          "layer",
          name,
          layer.getClass(),
          "its scale is fixed to " + layer.getGamma() + ", its shift to " + layer.getBeta());
    }
    if (!layer.isMinibatch()) {
      throw no("layer", name, layer.getClass(), "it is not made for batches");
    }
    return graph.add(
        new org.roundel.onednn.operation.BatchNormalization(
            name,
            input,
            locked
                ? null
                : new Affine(slice(name, TensorKind.SCALE), slice(name, TensorKind.SHIFT)),
            new Running(
                slice(name, TensorKind.RUNNING_MEAN),
                slice(name, TensorKind.RUNNING_VARIANCE),
                (float) layer.getDecay()),
            (float) layer.getEps()));
  }

  private int activation(String name, Layer layer, @Nullable IActivation function, int input)
      throws UntranslatableException {
    if (function == null || function instanceof ActivationIdentity) {
      return input;
    }
    if (function instanceof ActivationReLU relu
        && relu.getMax() == null
        && (relu.getThreshold() == null || relu.getThreshold() == 0)) {
      double slope = relu.getNegativeSlope() == null ? 0 : relu.getNegativeSlope();
      return activation(name, input, ActivationFunction.RELU, slope);
    }
    if (function instanceof ActivationLReLU leaky) {
      return activation(name, input, ActivationFunction.RELU, leaky.getAlpha());
    }
    if (function instanceof ActivationELU elu) {
      // DL4J's own gradient is wrong where alpha is not 1.
      return activation(name, input, ActivationFunction.ELU, elu.getAlpha());
    }
    if (function instanceof ActivationTanH) {
      return activation(name, input, ActivationFunction.TANH, 0);
    }
    if (function instanceof ActivationSigmoid) {
      return activation(name, input, ActivationFunction.SIGMOID, 0);
    }
    if (function instanceof ActivationSoftPlus) {
      return activation(name, input, ActivationFunction.SOFTPLUS, 1);
    }
    if (function instanceof ActivationSwish) {
      return activation(name, input, ActivationFunction.SWISH, 1);
    }
    throw no("layer", name, layer.getClass(), "its activation is " + function);
  }

  private int activation(String name, int input, ActivationFunction function, double alpha) {
    return graph.add(new Activation(name, input, function, (float) alpha));
  }

  private int pooling(String name, SubsamplingLayer layer, int input)
      throws UntranslatableException {
    PoolingMethod method =
        switch (layer.getPoolingType()) {
          case MAX -> PoolingMethod.MAXIMUM;
          case AVG ->
              layer.isAvgPoolIncludePadInDivisor()
                  ? PoolingMethod.AVERAGE_WITH_PADDING
                  : PoolingMethod.AVERAGE;
          default ->
              throw no("layer", name, layer.getClass(), "its type is " + layer.getPoolingType());
        };
    return graph.add(
        new Pooling(
            name,
            input,
            method,
            window(
                graph.shape(input),
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                layer.getDilation(),
                layer.getConvolutionMode())));
  }

  private int globalPooling(String name, GlobalPoolingLayer layer, int input)
      throws UntranslatableException {
    PoolingType type = layer.getPoolingType();
    if ((type != PoolingType.AVG && type != PoolingType.MAX)
        || !(layer.getPoolingDimensions() == null
            || Arrays.equals(layer.getPoolingDimensions(), new int[] {2, 3}))
        || !layer.isCollapseDimensions()) {
      throw no("layer", name, layer.getClass(), "its type is " + type);
    }
    PoolingMethod method = type == PoolingType.MAX ? PoolingMethod.MAXIMUM : PoolingMethod.AVERAGE;
    return graph.add(new Pooling(name, input, method, Window.whole(graph.shape(input))));
  }

  private static Window window(
      Shape image,
      int[] kernel,
      int[] stride,
      int[] padding,
      int @Nullable [] dilation,
      ConvolutionMode mode) {
    int[] spread = dilation == null ? new int[] {1, 1} : dilation;
    return new Window(
        axis(image.height(), kernel[0], stride[0], padding[0], spread[0], mode),
        axis(image.width(), kernel[1], stride[1], padding[1], spread[1], mode));
  }

  private static Window.Axis axis(
      long pixels, int kernel, int stride, int padding, int dilation, ConvolutionMode mode) {
    if (mode != ConvolutionMode.Same) {
      return new Window.Axis(kernel, stride, padding, padding, dilation);
    }
    long reach = (kernel - 1L) * dilation + 1;
    long outputs = (pixels + stride - 1) / stride;
    long total = Math.max(0, (outputs - 1) * stride + reach - pixels);
    return new Window.Axis(kernel, stride, total / 2, total - total / 2, dilation);
  }

  private Slice slice(String layer, TensorKind kind) {
    Slice slice = slices.get(layer + "/" + kind.suffix());
    if (slice == null) {
      throw new IllegalStateException("no " + kind + " of layer '" + layer + "'");
    }
    return slice;
  }

  private static UntranslatableException no(String what, String name, Class<?> type, String why) {
    return new UntranslatableException(
        what + " '" + name + "' (" + type.getSimpleName() + "): " + why);
  }
}
