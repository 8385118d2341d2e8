package org.roundel.bench;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** {@code vgg-9} and {@code vgg-bc} in LibTorch. */
final class LibTorchVgg extends LibTorchNet {
  private static final long[] POOL = {2, 2};
  private static final long[] NO_PADDING = {0, 0};
  private static final long[] NO_DILATION = {1, 1};

  private final List<Operation> operations = new ArrayList<>();
  private int channels = Images.SHAPE.channels();
  private int pixels = Images.SHAPE.height() * Images.SHAPE.width();
  private int convolutions;
  private int linears;

  LibTorchVgg(String name, Layout layout) {
    super(layout);
    if (name.equals("vgg-9")) {
      convolutions(64, 64);
      pool();
      convolutions(128, 128);
      pool();
      convolutions(256, 256, 256);
      pool();
      linears(256);
    } else {
      convolutions(128);
      pooledConvolution(128);
      convolutions(256);
      pooledConvolution(256);
      convolutions(512);
      pooledConvolution(512);
      linears(1024, 1024);
    }
    Weighted classifier = linear("linear" + (linears + 1), channels, Images.CLASSES, true);
    operations.add((input, training) -> classifier.apply(input));
  }

  @Override
  Tensor forward(Tensor images, boolean training) {
    Tensor out = images;
    for (Operation operation : operations) {
      out = operation.apply(out, training);
    }
    return out;
  }

  private void convolutions(int... widths) {
    for (int width : widths) {
      convolutions++;
      String name = "conv" + convolutions;
      Normalized layer = normalized(name, convolution(name, channels, width, 3, 1), width);
      operations.add((input, training) -> layer.apply(input, training).relu_());
      channels = width;
    }
  }

  /** Adds a convolution with pooling before its normalisation. */
  private void pooledConvolution(int width) {
    convolutions++;
    String name = "conv" + convolutions;
    Weighted layer = convolution(name, channels, width, 3, 1);
    operations.add((input, training) -> layer.apply(input));
    pool();
    Normalization normalization = normalization(name, width);
    operations.add((input, training) -> normalization.apply(input, training).relu_());
    channels = width;
  }

  private void pool() {
    operations.add(
        (input, training) -> torch.max_pool2d(input, POOL, POOL, NO_PADDING, NO_DILATION, false));
    pixels /= 4;
  }

  private void linears(int... widths) {
    operations.add((input, training) -> input.flatten(1, -1));
    channels *= pixels;
    for (int width : widths) {
      linears++;
      String name = "linear" + linears;
      Normalized layer = normalized(name, linear(name, channels, width, false), width);
      operations.add((input, training) -> layer.apply(input, training).relu_());
      channels = width;
    }
  }

  /** One step of the forward pass. */
  private interface Operation {
    Tensor apply(Tensor input, boolean training);
  }
}
