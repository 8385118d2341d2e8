package org.roundel.dl4j;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The layers that image classifiers are built of, with the settings that papers mean and that
 * differ from DL4J's defaults. A configuration may of course use DL4J's builders directly.
 */
public final class Layers {
  /** Added to the variance under the root in batch normalisation. */
  private static final double EPSILON = 1e-5;

  /** How much of a running mean or variance is kept at each step: one minus the momentum, 0.1. */
  private static final double DECAY = 0.9;

  private Layers() {}

  /** Returns a graph with one input, called {@code images}. */
  public static GraphBuilder graph() {
    return new NeuralNetConfiguration.Builder()
        .convolutionMode(ConvolutionMode.Truncate)
        .graphBuilder()
        .addInputs("images");
  }

  /**
   * Returns a square convolution without bias, padded by half the kernel so that stride 1 keeps the
   * image's size.
   *
   * @param channels output channels
   * @param kernel rows and columns of the kernel, odd
   * @param stride step in both directions
   */
  public static Layer convolution(int channels, int kernel, int stride) {
    return new ConvolutionLayer.Builder(kernel, kernel)
        .stride(stride, stride)
        .padding(kernel / 2, kernel / 2)
        .nOut(channels)
        .hasBias(false)
        .activation(Activation.IDENTITY)
        .build();
  }

  /** Returns batch normalisation with ε 1e-5 and running-average momentum 0.1. */
  public static Layer normalization() {
    return new BatchNormalization.Builder().eps(EPSILON).decay(DECAY).useLogStd(false).build();
  }

  /** Returns a rectifier, max(x, 0). */
  public static Layer relu() {
    return new ActivationLayer(Activation.RELU);
  }

  /** Returns square max pooling; padding never wins the maximum. */
  public static Layer maxPooling(int kernel, int stride, int padding) {
    return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
        .kernelSize(kernel, kernel)
        .stride(stride, stride)
        .padding(padding, padding)
        .build();
  }

  /** Returns the mean over each channel's whole image. */
  public static Layer globalAveragePooling() {
    return new GlobalPoolingLayer.Builder(PoolingType.AVG).build();
  }

  /** Returns a linear layer without activation; leave the bias out before batch normalisation. */
  public static Layer linear(int outputs, boolean bias) {
    return new DenseLayer.Builder()
        .nOut(outputs)
        .hasBias(bias)
        .activation(Activation.IDENTITY)
        .build();
  }

  /** Returns a linear layer with bias, softmax and cross-entropy: a classifier's last layer. */
  public static Layer classifier(int classes) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(classes)
        .activation(Activation.SOFTMAX)
        .build();
  }
}
