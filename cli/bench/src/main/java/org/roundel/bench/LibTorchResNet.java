package org.roundel.bench;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** {@code resnet-N} for small images, with zero-padded identity shortcuts, in LibTorch. */
final class LibTorchResNet extends LibTorchNet {
  private static final int WIDTH = 16;
  private static final int STAGES = 3;

  private final Normalized stem;
  private final List<Block> blocks = new ArrayList<>();
  private final Weighted linear;

  LibTorchResNet(String name, Layout layout) {
    super(layout);
    int perStage = (Integer.parseInt(name.substring("resnet-".length())) - 2) / 6;
    stem = normalizedConvolution("stem", Images.SHAPE.channels(), WIDTH, 1);
    int channels = WIDTH;
    for (int stage = 1; stage <= STAGES; stage++) {
      int width = WIDTH << (stage - 1);
      for (int block = 1; block <= perStage; block++) {
        int stride = stage > 1 && block == 1 ? 2 : 1;
        blocks.add(new Block("stage" + stage + "-block" + block, channels, width, stride));
        channels = width;
      }
    }
    linear = linear("linear", channels, Images.CLASSES, true);
  }

  @Override
  Tensor forward(Tensor images, boolean training) {
    Tensor out = stem.apply(images, training).relu_();
    for (Block block : blocks) {
      out = block.apply(out, training);
    }
    return linear.apply(torch.mean(out, 2, 3));
  }

  private Normalized normalizedConvolution(String name, int inputs, int outputs, int stride) {
    return normalized(name, convolution(name, inputs, outputs, 3, stride), outputs);
  }

  private final class Block {
    private final Normalized first;
    private final Normalized second;
    private final int stride;
    private final long[] padding;

    Block(String name, int inputs, int outputs, int stride) {
      first = normalizedConvolution(name + "-conv1", inputs, outputs, stride);
      second = normalizedConvolution(name + "-conv2", outputs, outputs, 1);
      this.stride = stride;
      // From the last dimension back: columns, rows, channels; before and after.
      this.padding = new long[] {0, 0, 0, 0, 0, outputs - inputs};
    }

    Tensor apply(Tensor input, boolean training) {
      Tensor inner = first.apply(input, training).relu_();
      Tensor outer = second.apply(inner, training);
      return outer.add_(shortcut(input)).relu_();
    }

    private Tensor shortcut(Tensor input) {
      if (stride == 1) {
        return input;
      }
      LongOptional all = new LongOptional();
      Tensor strided = input.slice(2, all, all, stride).slice(3, all, all, stride);
      return torch.constant_pad_nd(strided, padding);
    }
  }
}
