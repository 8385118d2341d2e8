package org.roundel.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;
import org.roundel.api.model.InputShape;

/**
 * A net for LibTorch. Parameters and running statistics have the names of Roundel's; fresh weights
 * are He normal.
 *
 * <p>Made and used by one thread, and made outside of any pointer scope. Operations give tensors
 * that belong to the caller's scope.
 */
abstract class LibTorchNet implements AutoCloseable {
  private final Layout layout;
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final Map<String, Tensor> buffers = new LinkedHashMap<>();
  private final List<String> convolutionWeights = new ArrayList<>();

  LibTorchNet(Layout layout) {
    this.layout = layout;
  }

  /**
   * Makes a net.
   *
   * @param name {@code resnet-N}, {@code wrn-N-K}, {@code resnet-18}, {@code vgg-9} or {@code
   *     vgg-bc}
   */
  static LibTorchNet of(String name, InputShape shape, Layout layout) {
    if (name.equals("resnet-18")) {
      return LibTorchResNet.forImageNet(shape, layout);
    }
    if (name.matches("(resnet|wrn-\\d+)-\\d+")) {
      return LibTorchResNet.forSmallImages(name, shape, layout);
    }
    if (name.equals("vgg-9") || name.equals("vgg-bc")) {
      return new LibTorchVgg(name, shape, layout);
    }
    throw new InvalidInputException("LibTorch's side has no net '" + name + "'");
  }

  /**
   * Returns the logits, shape [size, classes].
   *
   * @param images shape [size, channels, height, width]; not written
   */
  abstract <T> T forward(T images, Operations<T> operations);

  Map<String, Tensor> parameters() {
    return parameters;
  }

  Map<String, Tensor> buffers() {
    return buffers;
  }

  List<String> convolutionWeights() {
    return convolutionWeights;
  }

  @Override
  public void close() {
    parameters.values().forEach(Tensor::close);
    buffers.values().forEach(Tensor::close);
  }

  Convolution convolution(String name, int inputs, int outputs, int kernel, int stride) {
    Tensor weight =
        fresh(inputs * kernel * kernel, outputs, inputs, kernel, kernel)
            .contiguous(layout.format());
    convolutionWeights.add(name + "/weight");
    return new Convolution(parameter(name + "/weight", weight), stride, kernel / 2);
  }

  Linear linear(String name, int inputs, int outputs, boolean biased) {
    Variable weight = parameter(name + "/weight", fresh(inputs, outputs, inputs));
    Variable bias = biased ? parameter(name + "/bias", torch.zeros(outputs)) : null;
    return new Linear(weight, bias);
  }

  /** Adds batch normalisation under the layer's name with {@code -norm} at its end. */
  Normalization normalization(String layer, int channels) {
    String name = layer + "-norm";
    return new Normalization(
        parameter(name + "/gamma", torch.ones(channels)),
        parameter(name + "/beta", torch.zeros(channels)),
        buffer(name + "/running-mean", torch.zeros(channels)),
        buffer(name + "/running-variance", torch.ones(channels)));
  }

  private Variable parameter(String name, Tensor tensor) {
    parameters.put(name, tensor.requires_grad_());
    return new Variable(name, tensor, new TensorOptional(tensor));
  }

  private Variable buffer(String name, Tensor tensor) {
    buffers.put(name, tensor);
    return new Variable(name, tensor, new TensorOptional(tensor));
  }

  private static Tensor fresh(int inputs, long... shape) {
    return torch.zeros(shape).normal_(0, Math.sqrt(2.0 / inputs), new GeneratorOptional());
  }

  /**
   * A parameter or running statistics.
   *
   * @param optional the same tensor, as some operations want it
   */
  record Variable(String name, Tensor tensor, TensorOptional optional) {}

  /** A convolution without bias. */
  record Convolution(Variable weight, int stride, int padding) {}

  /** Products of rows with a matrix. */
  record Linear(Variable weight, @Nullable Variable bias) {}

  /** Batch normalisation. */
  record Normalization(Variable scale, Variable shift, Variable mean, Variable variance) {
    /** Added to the variance under the root. */
    static final double EPSILON = 1e-5;
  }
}
