package org.roundel.dl4j.net;

import java.util.Collection;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossSquaredHinge;
import org.roundel.api.InvalidInputException;
import org.roundel.api.model.Parameter;

/** What one layer must be for Roundel to train it. */
public final class LayerRules {
  private LayerRules() {}

  /**
   * Checks one layer.
   *
   * @param name the layer's name in the graph
   * @param givenInputs the configuration's nIn; 0 if it leaves that out
   * @param incoming the type of what the layer gets
   * @param isOutput whether it is the net's output
   * @throws InvalidInputException if the layer cannot be run; the message names it
   */
  static void check(
      String name, Layer layer, long givenInputs, InputType incoming, boolean isOutput) {
    if (!(name + "/weight").matches(Parameter.NAME_PATTERN)) {
      throw refusal(
          name, layer, "its name is part of checkpoints and must match " + Parameter.NAME_PATTERN);
    }
    if (isOutput != (layer.getClass() == OutputLayer.class)) {
      throw refusal(
          name,
          layer,
          isOutput
              ? "the net's output must be an OutputLayer"
              : "only the net's output may be an OutputLayer");
    }
    boolean hasWeights = isPlainConvolution(layer) || isLinear(layer) || isNormalization(layer);
    if (!hasWeights && hasParameters(layer)) {
      throw refusal(
          name,
          layer,
          "the layers that may have weights are ConvolutionLayer, DenseLayer, OutputLayer and"
              + " BatchNormalization");
    }
    checkTraining(name, layer);
    checkFormat(name, layer);
    checkSizes(name, layer, givenInputs, incoming);
    if (isOutput) {
      checkLoss(name, (OutputLayer) layer);
    }
  }

  /** Returns whether the layer is a two-dimensional convolution, not one of its relatives. */
  public static boolean isPlainConvolution(Layer layer) {
    return layer.getClass() == ConvolutionLayer.class;
  }

  /** Returns whether the layer is a matrix product, the output layer included. */
  public static boolean isLinear(Layer layer) {
    return layer.getClass() == DenseLayer.class || layer.getClass() == OutputLayer.class;
  }

  /** Returns whether a dense or output layer has a bias. */
  public static boolean hasBias(FeedForwardLayer linear) {
    if (linear instanceof DenseLayer dense) {
      return dense.hasBias();
    }
    return ((OutputLayer) linear).hasBias();
  }

  /** Returns whether the layer draws random numbers in training mode. */
  static boolean isNoisy(Layer layer) {
    return layer.getIDropout() != null
        || (layer instanceof BaseLayer base && base.getWeightNoise() != null);
  }

  private static boolean isNormalization(Layer layer) {
    return layer.getClass() == BatchNormalization.class;
  }

  private static boolean hasParameters(Layer layer) {
    return layer.initializer().numParams(layer) != 0;
  }

  private static void checkTraining(String name, Layer layer) {
    if (notEmpty(layer.getConstraints())) {
      throw refusal(name, layer, "constraints on weights are a quantizer's task: remove them");
    }
    if (layer instanceof BaseLayer base) {
      if (notEmpty(base.getRegularization()) || notEmpty(base.getRegularizationBias())) {
        throw refusal(
            name,
            layer,
            "l1, l2 and weight decay are the optimizer's task: remove them and set its"
                + " weight-decay option");
      }
      if (base.getGradientNormalization() != null
          && base.getGradientNormalization() != GradientNormalization.None) {
        throw refusal(name, layer, "gradient normalization is not supported: remove it");
      }
    }
    if (layer instanceof DenseLayer dense && dense.hasLayerNorm()) {
      throw refusal(name, layer, "layer normalization is not supported: remove it");
    }
  }

  private static void checkFormat(String name, Layer layer) {
    CNN2DFormat format = CNN2DFormat.NCHW;
    if (layer instanceof ConvolutionLayer convolution) {
      format = convolution.getCnn2dDataFormat();
    } else if (layer instanceof SubsamplingLayer pooling) {
      format = pooling.getCnn2dDataFormat();
    } else if (layer instanceof BatchNormalization normalization) {
      format = normalization.getCnn2DFormat();
    }
    if (format == CNN2DFormat.NHWC) {
      throw refusal(name, layer, "its data format is NHWC; Roundel's images are NCHW");
    }
  }

  private static void checkSizes(String name, Layer layer, long givenInputs, InputType incoming) {
    if (incoming instanceof InputType.InputTypeConvolutional image) {
      if (layer instanceof ConvolutionLayer convolution) {
        requireInputs(name, layer, givenInputs, convolution.getNIn(), image.getChannels(), image);
        requireFits(
            name,
            layer,
            image,
            convolution.getKernelSize(),
            convolution.getDilation(),
            convolution.getPadding(),
            convolution.getConvolutionMode());
      } else if (layer instanceof SubsamplingLayer pooling) {
        requireFits(
            name,
            layer,
            image,
            pooling.getKernelSize(),
            pooling.getDilation(),
            pooling.getPadding(),
            pooling.getConvolutionMode());
      } else if (layer instanceof BatchNormalization normalization) {
        requireInputs(name, layer, givenInputs, normalization.getNIn(), image.getChannels(), image);
      }
    } else if (incoming instanceof InputType.InputTypeFeedForward row) {
      if (layer instanceof FeedForwardLayer linear && hasParameters(layer)) {
        requireInputs(name, layer, givenInputs, linear.getNIn(), row.getSize(), row);
      }
    } else {
      throw refusal(
          name, layer, "it gets " + incoming + "; Roundel runs layers on images and rows only");
    }
  }

  private static void requireInputs(
      String name, Layer layer, long given, long inferred, long found, InputType incoming) {
    long declared = given == 0 ? inferred : given;
    if (declared != found) {
      throw refusal(
          name,
          layer,
          "nIn is " + declared + " but it gets " + found + " (" + incoming + "); leave nIn out");
    }
  }

  private static void requireFits(
      String name,
      Layer layer,
      InputType.InputTypeConvolutional image,
      int[] kernel,
      int @Nullable [] dilation,
      int[] padding,
      ConvolutionMode mode) {
    if (mode == ConvolutionMode.Same) {
      return;
    }
    long[] sizes = {image.getHeight(), image.getWidth()};
    for (int axis = 0; axis < 2; axis++) {
      int spread = dilation == null ? 1 : dilation[axis];
      long reach = (kernel[axis] - 1L) * spread + 1;
      if (reach > sizes[axis] + 2L * padding[axis]) {
        throw refusal(
            name,
            layer,
            "its window of "
                + kernel[0]
                + "x"
                + kernel[1]
                + " does not fit what it gets, "
                + image.getHeight()
                + "x"
                + image.getWidth()
                + " with padding "
                + padding[0]
                + "x"
                + padding[1]
                + "; use larger images or a net that shrinks them less");
      }
    }
  }

  private static void checkLoss(String name, OutputLayer output) {
    // NEGATIVELOGLIKELIHOOD is a subclass.
    boolean crossEntropy =
        output.getLossFn() instanceof LossMCXENT loss
            && loss.getWeights() == null
            && output.getActivationFn() instanceof ActivationSoftmax;
    boolean squaredHinge =
        output.getLossFn() instanceof LossSquaredHinge
            && output.getActivationFn() instanceof ActivationIdentity;
    if (!crossEntropy && !squaredHinge) {
      throw refusal(
          name,
          output,
          "it has activation "
              + output.getActivationFn()
              + " and loss "
              + output.getLossFn()
              + "; Roundel trains classifiers: use Activation.SOFTMAX and LossFunction.MCXENT"
              + " without weights, or Activation.IDENTITY and LossFunction.SQUARED_HINGE");
    }
  }

  private static boolean notEmpty(@Nullable Collection<?> list) {
    return list != null && !list.isEmpty();
  }

  private static InvalidInputException refusal(String name, Layer layer, String why) {
    return new InvalidInputException(
        "layer '" + name + "' (" + layer.getClass().getSimpleName() + ") cannot be run: " + why);
  }
}
