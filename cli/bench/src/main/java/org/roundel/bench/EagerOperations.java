package org.roundel.bench;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.roundel.bench.LibTorchNet.Convolution;
import org.roundel.bench.LibTorchNet.Linear;
import org.roundel.bench.LibTorchNet.Normalization;
import org.roundel.bench.LibTorchNet.Variable;

/** Operations that compute at once, in place where they can. */
final class EagerOperations implements Operations<Tensor> {
  private static final long[] NO_DILATION = {1, 1};
  private static final TensorOptional NO_BIAS = new TensorOptional();

  private final boolean training;
  private final double momentum;

  /**
   * Makes the operations.
   *
   * @param training whether batch normalisation uses the batch's statistics, and updates the
   *     running ones
   * @param momentum how much of a batch's statistics goes into the running ones
   */
  EagerOperations(boolean training, double momentum) {
    this.training = training;
    this.momentum = momentum;
  }

  @Override
  public Tensor convolution(Tensor input, Convolution layer) {
    return torch.conv2d(
        input,
        layer.weight().tensor(),
        NO_BIAS,
        pair(layer.stride()),
        pair(layer.padding()),
        NO_DILATION,
        1);
  }

  @Override
  public Tensor linear(Tensor input, Linear layer) {
    Variable bias = layer.bias();
    return torch.linear(input, layer.weight().tensor(), bias == null ? NO_BIAS : bias.optional());
  }

  @Override
  public Tensor normalization(Tensor input, Normalization layer) {
    return torch.batch_norm(
        input,
        layer.scale().optional(),
        layer.shift().optional(),
        layer.mean().optional(),
        layer.variance().optional(),
        training,
        momentum,
        Normalization.EPSILON,
        true);
  }

  @Override
  public Tensor rectifier(Tensor input) {
    return input.relu_();
  }

  @Override
  public Tensor sum(Tensor input, Tensor other) {
    return input.add_(other);
  }

  @Override
  public Tensor maxPooling(Tensor input, int window, int stride, int padding) {
    return torch.max_pool2d(input, pair(window), pair(stride), pair(padding), NO_DILATION, false);
  }

  @Override
  public Tensor rows(Tensor input) {
    return input.flatten(1, -1);
  }

  @Override
  public Tensor mean(Tensor input) {
    return torch.mean(input, 2, 3);
  }

  @Override
  public Tensor zeroPadded(Tensor input, int stride, int channels) {
    LongOptional all = new LongOptional();
    Tensor strided = input.slice(2, all, all, stride).slice(3, all, all, stride);
    // From the last dimension back: columns, rows, channels; before and after.
    return torch.constant_pad_nd(strided, 0, 0, 0, 0, 0, channels);
  }

  private static long[] pair(int number) {
    return new long[] {number, number};
  }
}
