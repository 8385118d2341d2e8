package org.roundel.bench;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.api.model.InputShape;

/** Residual nets in LibTorch: {@code resnet-N}, {@code wrn-N-K} and {@code resnet-18}. */
final class LibTorchResNet extends LibTorchNet {
  private static final int WIDTH = 16;

  private final boolean forImageNet;
  private final Normalized stem;
  private final List<Block> blocks = new ArrayList<>();
  private final Linear linear;

  /**
   * Makes a net.
   *
   * @param widths channels by stage; all stages but the first halve the image
   * @param perStage blocks in a stage
   * @param forImageNet whether the net begins with a large kernel and max pooling, and convolutions
   *     take a block's input past it where the shape changes, else zero-padded identities
   */
  private LibTorchResNet(
      Layout layout, InputShape shape, int[] widths, int perStage, boolean forImageNet) {
    super(layout);
    this.forImageNet = forImageNet;
    int channels = forImageNet ? widths[0] : WIDTH;
    stem = normalized("stem", shape.channels(), channels, forImageNet ? 7 : 3, forImageNet ? 2 : 1);
    for (int stage = 1; stage <= widths.length; stage++) {
      int width = widths[stage - 1];
      for (int block = 1; block <= perStage; block++) {
        int stride = stage > 1 && block == 1 ? 2 : 1;
        blocks.add(new Block("stage" + stage + "-block" + block, channels, width, stride));
        channels = width;
      }
    }
    linear = linear("linear", channels, Images.CLASSES, true);
  }

  /** Makes {@code resnet-N}, or {@code wrn-N-K} with K times its channels in the blocks. */
  static LibTorchResNet forSmallImages(String name, InputShape shape, Layout layout) {
    String[] parts = name.split("-");
    int perStage = (Integer.parseInt(parts[1]) - 2) / 6;
    int width = WIDTH * (parts.length > 2 ? Integer.parseInt(parts[2]) : 1);
    return new LibTorchResNet(
        layout, shape, new int[] {width, 2 * width, 4 * width}, perStage, false);
  }

  /** Makes {@code resnet-18}. */
  static LibTorchResNet forImageNet(InputShape shape, Layout layout) {
    return new LibTorchResNet(layout, shape, new int[] {64, 128, 256, 512}, 2, true);
  }

  @Override
  <T> T forward(T images, Operations<T> operations) {
    T out = operations.rectifier(stem.apply(images, operations));
    if (forImageNet) {
      out = operations.maxPooling(out, 3, 2, 1);
    }
    for (Block block : blocks) {
      out = block.apply(out, operations);
    }
    return operations.linear(operations.mean(out), linear);
  }

  private Normalized normalized(String name, int inputs, int outputs, int kernel, int stride) {
    return new Normalized(
        convolution(name, inputs, outputs, kernel, stride), normalization(name, outputs));
  }

  /** A convolution with batch normalisation right behind it. */
  private record Normalized(Convolution convolution, Normalization normalization) {
    <T> T apply(T input, Operations<T> operations) {
      return operations.normalization(operations.convolution(input, convolution), normalization);
    }
  }

  private final class Block {
    private final Normalized first;
    private final Normalized second;
    private final @Nullable Normalized shortcut;
    private final boolean changesShape;
    private final int stride;
    private final int added;

    Block(String name, int inputs, int outputs, int stride) {
      first = normalized(name + "-conv1", inputs, outputs, 3, stride);
      second = normalized(name + "-conv2", outputs, outputs, 3, 1);
      changesShape = stride > 1 || inputs != outputs;
      shortcut =
          changesShape && forImageNet
              ? normalized(name + "-shortcut", inputs, outputs, 1, stride)
              : null;
      this.stride = stride;
      added = outputs - inputs;
    }

    <T> T apply(T input, Operations<T> operations) {
      T inner = operations.rectifier(first.apply(input, operations));
      T outer = second.apply(inner, operations);
      return operations.rectifier(operations.sum(outer, past(input, operations)));
    }

    /** Takes the block's input past its convolutions. */
    private <T> T past(T input, Operations<T> operations) {
      if (shortcut != null) {
        return shortcut.apply(input, operations);
      }
      return changesShape ? operations.zeroPadded(input, stride, added) : input;
    }
  }
}
