package org.roundel.dl4j.program;

import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.jspecify.annotations.Nullable;
import org.roundel.dl4j.net.LayerRules;
import org.roundel.dl4j.net.TensorKind;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Window;
import org.roundel.onednn.operation.BatchNormalization.Affine;
import org.roundel.onednn.operation.BatchNormalization.Running;
import org.roundel.onednn.operation.Convolution;
import org.roundel.onednn.operation.Dropout;
import org.roundel.onednn.operation.Linear;
import org.roundel.onednn.operation.Pooling;
import org.roundel.onednn.operation.PoolingMethod;

/** What each kind of layer becomes in a compiled program. */
final class LayerTranslations {
  /** Writes a layer as operations that follow a value, and returns the value of the last. */
  private interface Translation<L extends Layer> {
    int translate(String name, L layer, int input, GraphTranslator net)
        throws UntranslatableException;
  }

  /**
   * The rule for one kind of layer.
   *
   * @param drops whether DL4J heeds its dropout; other layers carry one to no effect
   */
  private record Rule<L extends Layer>(Class<L> kind, boolean drops, Translation<L> translation) {
    int apply(String name, Layer layer, int input, GraphTranslator net)
        throws UntranslatableException {
      return translation.translate(name, kind.cast(layer), input, net);
    }
  }

  /** By the very class: a subclass may do something else. */
  private static final Map<Class<?>, Rule<?>> RULES =
      Map.of(
          ConvolutionLayer.class,
          new Rule<>(ConvolutionLayer.class, true, LayerTranslations::convolution),
          DenseLayer.class,
          new Rule<>(DenseLayer.class, true, LayerTranslations::dense),
          OutputLayer.class,
          new Rule<>(OutputLayer.class, true, LayerTranslations::output),
          BatchNormalization.class,
          new Rule<>(BatchNormalization.class, false, LayerTranslations::normalization),
          ActivationLayer.class,
          new Rule<>(ActivationLayer.class, false, LayerTranslations::activation),
          SubsamplingLayer.class,
          new Rule<>(SubsamplingLayer.class, false, LayerTranslations::pooling),
          GlobalPoolingLayer.class,
          new Rule<>(GlobalPoolingLayer.class, false, LayerTranslations::globalPooling),
          DropoutLayer.class,
          new Rule<>(DropoutLayer.class, true, LayerTranslations::nothing));

  private LayerTranslations() {}

  /**
   * Writes a layer as operations.
   *
   * @param preProcessor what DL4J does to the layer's input before the layer
   * @param source the value that it gets
   * @return the value of the last operation
   * @throws UntranslatableException if it has no counterpart
   */
  static int translate(
      String name,
      Layer layer,
      @Nullable InputPreProcessor preProcessor,
      int source,
      GraphTranslator net)
      throws UntranslatableException {
    checkPreProcessor(name, layer, preProcessor);
    Rule<?> rule = RULES.get(layer.getClass());
    int input = rule != null && rule.drops() ? dropout(name, layer, source, net) : source;
    if (layer instanceof BaseLayer base && base.getWeightNoise() != null) {
      throw UntranslatableException.of(name, layer, "it has weight noise");
    }
    if (rule == null) {
      throw UntranslatableException.of(name, layer, "it is not one of those that are compiled");
    }
    return rule.apply(name, layer, input, net);
  }

  /** An image becomes a row only where a linear layer reads it, which takes it as it is. */
  private static void checkPreProcessor(
      String name, Layer layer, @Nullable InputPreProcessor preProcessor)
      throws UntranslatableException {
    boolean flattens =
        preProcessor != null && preProcessor.getClass() == CnnToFeedForwardPreProcessor.class;
    if (preProcessor != null && !(flattens && LayerRules.isLinear(layer))) {
      throw UntranslatableException.of(
          name, layer, "its input is reshaped by " + preProcessor.getClass().getSimpleName());
    }
  }

  /** DL4J drops part of a layer's input. */
  private static int dropout(String name, Layer layer, int source, GraphTranslator net)
      throws UntranslatableException {
    IDropout dropout = layer.getIDropout();
    if (dropout == null) {
      return source;
    }
    if (dropout instanceof org.deeplearning4j.nn.conf.dropout.Dropout plain
        && plain.getPSchedule() == null) {
      return net.add(new Dropout(name + "-dropout", source, (float) plain.getP()));
    }
    throw UntranslatableException.of(name, layer, "its dropout is " + dropout);
  }

  private static int convolution(
      String name, ConvolutionLayer layer, int input, GraphTranslator net)
      throws UntranslatableException {
    Window window =
        window(
            net.shape(input),
            layer.getKernelSize(),
            layer.getStride(),
            layer.getPadding(),
            layer.getDilation(),
            layer.getConvolutionMode());
    int value =
        net.add(
            new Convolution(
                name,
                input,
                layer.getNOut(),
                window,
                net.slice(name, TensorKind.CONVOLUTION_WEIGHT),
                layer.hasBias() ? net.slice(name, TensorKind.BIAS) : null));
    return ActivationTranslations.translate(
        name + "-activation", layer, layer.getActivationFn(), value, net);
  }

  private static int dense(String name, DenseLayer layer, int input, GraphTranslator net)
      throws UntranslatableException {
    return ActivationTranslations.translate(
        name + "-activation", layer, layer.getActivationFn(), linear(name, layer, input, net), net);
  }

  /** Its activation is part of the loss. */
  private static int output(String name, OutputLayer layer, int input, GraphTranslator net) {
    return linear(name, layer, input, net);
  }

  private static int linear(String name, FeedForwardLayer layer, int input, GraphTranslator net) {
    return net.add(
        new Linear(
            name,
            input,
            layer.getNOut(),
            net.slice(name, TensorKind.LINEAR_WEIGHT),
            LayerRules.hasBias(layer) ? net.slice(name, TensorKind.BIAS) : null));
  }

  private static int normalization(
      String name, BatchNormalization layer, int input, GraphTranslator net)
      throws UntranslatableException {
    boolean locked = layer.isLockGammaBeta();
    if (locked && (layer.getGamma() != 1 || layer.getBeta() != 0)) {
      throw UntranslatableException.of(
          name,
          layer,
          "its scale is fixed to " + layer.getGamma() + ", its shift to " + layer.getBeta());
    }
    if (!layer.isMinibatch()) {
      throw UntranslatableException.of(name, layer, "it is not made for batches");
    }
    return net.add(
        new org.roundel.onednn.operation.BatchNormalization(
            name,
            input,
            locked
                ? null
                : new Affine(net.slice(name, TensorKind.SCALE), net.slice(name, TensorKind.SHIFT)),
            new Running(
                net.slice(name, TensorKind.RUNNING_MEAN),
                net.slice(name, TensorKind.RUNNING_VARIANCE),
                (float) layer.getDecay()),
            (float) layer.getEps()));
  }

  private static int activation(String name, ActivationLayer layer, int input, GraphTranslator net)
      throws UntranslatableException {
    return ActivationTranslations.translate(name, layer, layer.getActivationFn(), input, net);
  }

  private static int pooling(String name, SubsamplingLayer layer, int input, GraphTranslator net)
      throws UntranslatableException {
    PoolingMethod method =
        switch (layer.getPoolingType()) {
          case MAX -> PoolingMethod.MAXIMUM;
          case AVG ->
              layer.isAvgPoolIncludePadInDivisor()
                  ? PoolingMethod.AVERAGE_WITH_PADDING
                  : PoolingMethod.AVERAGE;
          default ->
              throw UntranslatableException.of(
                  name, layer, "its type is " + layer.getPoolingType());
        };
    return net.add(
        new Pooling(
            name,
            input,
            method,
            window(
                net.shape(input),
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                layer.getDilation(),
                layer.getConvolutionMode())));
  }

  private static int globalPooling(
      String name, GlobalPoolingLayer layer, int input, GraphTranslator net)
      throws UntranslatableException {
    PoolingType type = layer.getPoolingType();
    if ((type != PoolingType.AVG && type != PoolingType.MAX)
        || !(layer.getPoolingDimensions() == null
            || Arrays.equals(layer.getPoolingDimensions(), new int[] {2, 3}))
        || !layer.isCollapseDimensions()) {
      throw UntranslatableException.of(name, layer, "its type is " + type);
    }
    PoolingMethod method = type == PoolingType.MAX ? PoolingMethod.MAXIMUM : PoolingMethod.AVERAGE;
    return net.add(new Pooling(name, input, method, Window.whole(net.shape(input))));
  }

  /** Its dropout is all; DL4J does not apply the activation that its configuration carries. */
  private static int nothing(String name, DropoutLayer layer, int input, GraphTranslator net) {
    return input;
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
}
