package org.roundel.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A net written with LibTorch's operations. Parameters and running statistics have the names of
 * Roundel's; fresh weights are He normal.
 *
 * <p>Made and used by one thread, and made outside of any pointer scope. Operations give tensors
 * that belong to the caller's scope.
 */
abstract class LibTorchNet implements AutoCloseable {
  private static final double EPSILON = 1e-5;
  private static final double MOMENTUM = 0.1;
  private static final double ALL_NEW = 1;

  private final Layout layout;
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final Map<String, Tensor> buffers = new LinkedHashMap<>();
  private final List<String> convolutionWeights = new ArrayList<>();
  private final List<Normalized> foldable = new ArrayList<>();
  private double momentum = MOMENTUM;

  LibTorchNet(Layout layout) {
    this.layout = layout;
  }

  /**
   * Makes a net.
   *
   * @param name {@code resnet-N}, {@code vgg-9} or {@code vgg-bc}
   */
  static LibTorchNet of(String name, Layout layout) {
    return switch (name) {
      case "vgg-9", "vgg-bc" -> new LibTorchVgg(name, layout);
      default -> new LibTorchResNet(name, layout);
    };
  }

  /**
   * Returns the logits, shape [size, classes].
   *
   * @param images shape [size, channels, height, width]; not written
   * @param training whether batch normalisation uses the batch's statistics, and updates the
   *     running ones
   */
  abstract Tensor forward(Tensor images, boolean training);

  Map<String, Tensor> parameters() {
    return parameters;
  }

  Map<String, Tensor> buffers() {
    return buffers;
  }

  List<String> convolutionWeights() {
    return convolutionWeights;
  }

  /** Sets the running statistics to those of a batch; call without gradients. */
  void calibrate(Tensor images) {
    momentum = ALL_NEW;
    forward(images, true);
    momentum = MOMENTUM;
  }

  /**
   * Folds the running statistics into the weights of the layer right before, for inference only;
   * call without gradients. A normalisation after pooling stays: folded, it is another net where
   * its scale is negative.
   */
  void fold() {
    foldable.forEach(Normalized::fold);
    foldable.clear();
  }

  @Override
  public void close() {
    parameters.values().forEach(Tensor::close);
    buffers.values().forEach(Tensor::close);
  }

  Weighted convolution(String name, int inputs, int outputs, int kernel, int stride) {
    Tensor weight =
        fresh(inputs * kernel * kernel, outputs, inputs, kernel, kernel)
            .contiguous(layout.format());
    parameters.put(name + "/weight", weight.requires_grad_());
    convolutionWeights.add(name + "/weight");
    return new Convolution(weight, stride, kernel / 2);
  }

  Weighted linear(String name, int inputs, int outputs, boolean bias) {
    Tensor weight = fresh(inputs, outputs, inputs);
    parameters.put(name + "/weight", weight.requires_grad_());
    if (!bias) {
      return new Linear(weight, new TensorOptional());
    }
    Tensor shift = torch.zeros(outputs);
    parameters.put(name + "/bias", shift.requires_grad_());
    return new Linear(weight, new TensorOptional(shift));
  }

  /** Adds batch normalisation under the layer's name with {@code -norm} at its end. */
  Normalization normalization(String layer, int channels) {
    String name = layer + "-norm";
    Tensor scale = torch.ones(channels);
    Tensor shift = torch.zeros(channels);
    Tensor mean = torch.zeros(channels);
    Tensor variance = torch.ones(channels);
    parameters.put(name + "/gamma", scale.requires_grad_());
    parameters.put(name + "/beta", shift.requires_grad_());
    buffers.put(name + "/running-mean", mean);
    buffers.put(name + "/running-variance", variance);
    return new Normalization(scale, shift, mean, variance);
  }

  /** Adds batch normalisation right behind a layer. */
  Normalized normalized(String layer, Weighted weighted, int channels) {
    Normalized both = new Normalized(weighted, normalization(layer, channels));
    foldable.add(both);
    return both;
  }

  private static Tensor fresh(int inputs, long... shape) {
    return torch.zeros(shape).normal_(0, Math.sqrt(2.0 / inputs), new GeneratorOptional());
  }

  /** A layer with weights, and a bias at least once normalisation is folded into it. */
  abstract static class Weighted {
    Tensor weight;
    TensorOptional bias;

    Weighted(Tensor weight, TensorOptional bias) {
      this.weight = weight;
      this.bias = bias;
    }

    abstract Tensor apply(Tensor input);
  }

  private static final class Convolution extends Weighted {
    private static final long[] DILATION = {1, 1};
    private final long[] stride;
    private final long[] padding;

    Convolution(Tensor weight, int stride, int padding) {
      super(weight, new TensorOptional());
      this.stride = new long[] {stride, stride};
      this.padding = new long[] {padding, padding};
    }

    @Override
    Tensor apply(Tensor input) {
      return torch.conv2d(input, weight, bias, stride, padding, DILATION, 1);
    }
  }

  private static final class Linear extends Weighted {
    Linear(Tensor weight, TensorOptional bias) {
      super(weight, bias);
    }

    @Override
    Tensor apply(Tensor input) {
      return torch.linear(input, weight, bias);
    }
  }

  /** Batch normalisation. */
  final class Normalization {
    private final Tensor scale;
    private final Tensor shift;
    private final Tensor mean;
    private final Tensor variance;
    private final TensorOptional optionalScale;
    private final TensorOptional optionalShift;
    private final TensorOptional optionalMean;
    private final TensorOptional optionalVariance;

    Normalization(Tensor scale, Tensor shift, Tensor mean, Tensor variance) {
      this.scale = scale;
      this.shift = shift;
      this.mean = mean;
      this.variance = variance;
      this.optionalScale = new TensorOptional(scale);
      this.optionalShift = new TensorOptional(shift);
      this.optionalMean = new TensorOptional(mean);
      this.optionalVariance = new TensorOptional(variance);
    }

    Tensor apply(Tensor input, boolean training) {
      return torch.batch_norm(
          input,
          optionalScale,
          optionalShift,
          optionalMean,
          optionalVariance,
          training,
          momentum,
          EPSILON,
          true);
    }
  }

  /** A layer with batch normalisation right behind it. */
  static final class Normalized {
    private final Weighted layer;
    private final Normalization normalization;
    private boolean folded;

    Normalized(Weighted layer, Normalization normalization) {
      this.layer = layer;
      this.normalization = normalization;
    }

    Tensor apply(Tensor input, boolean training) {
      Tensor output = layer.apply(input);
      return folded ? output : normalization.apply(output, training);
    }

    /** With s = γ/√(σ² + ε): the weights become sW, the bias β − sμ. */
    void fold() {
      Tensor factor =
          normalization.variance.add(new Scalar(EPSILON)).rsqrt().mul(normalization.scale);
      long[] perOutput = new long[Math.toIntExact(layer.weight.dim())];
      Arrays.fill(perOutput, 1);
      perOutput[0] = factor.numel();
      layer.bias = new TensorOptional(normalization.shift.sub(factor.mul(normalization.mean)));
      layer.weight = layer.weight.mul(factor.view(perOutput));
      folded = true;
    }
  }
}
