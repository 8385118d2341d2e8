package org.roundel.bench;

import java.util.ArrayList;
import java.util.List;
import org.roundel.api.model.InputShape;

/** {@code vgg-9} and {@code vgg-bc} in LibTorch. */
final class LibTorchVgg extends LibTorchNet {
  private final List<Convolved> convolutions = new ArrayList<>();
  private final List<Hidden> hidden = new ArrayList<>();
  private final Linear classifier;
  private int channels;
  private int pixels;

  LibTorchVgg(String name, InputShape shape, Layout layout) {
    super(layout);
    channels = shape.channels();
    pixels = shape.height() * shape.width();
    if (name.equals("vgg-9")) {
      for (int width : new int[] {64, 128, 256}) {
        convolution(width, Pooling.NONE);
        if (width == 256) {
          convolution(width, Pooling.NONE);
        }
        convolution(width, Pooling.LAST);
      }
      hidden(256);
    } else {
      for (int width : new int[] {128, 256, 512}) {
        convolution(width, Pooling.NONE);
        convolution(width, Pooling.BEFORE_NORMALIZATION);
      }
      hidden(1024);
      hidden(1024);
    }
    classifier = linear("linear" + (hidden.size() + 1), channels * pixels, Images.CLASSES, true);
  }

  @Override
  <T> T forward(T images, Operations<T> operations) {
    T out = images;
    for (Convolved layer : convolutions) {
      out = layer.apply(out, operations);
    }
    out = operations.rows(out);
    for (Hidden layer : hidden) {
      T products = operations.linear(out, layer.linear);
      out = operations.rectifier(operations.normalization(products, layer.normalization));
    }
    return operations.linear(out, classifier);
  }

  private void convolution(int width, Pooling pooling) {
    String name = "conv" + (convolutions.size() + 1);
    convolutions.add(
        new Convolved(
            convolution(name, channels, width, 3, 1), normalization(name, width), pooling));
    channels = width;
    if (pooling != Pooling.NONE) {
      pixels /= 4;
    }
  }

  private void hidden(int width) {
    String name = "linear" + (hidden.size() + 1);
    Linear linear = linear(name, channels * pixels, width, false);
    hidden.add(new Hidden(linear, normalization(name, width)));
    channels = width;
    pixels = 1;
  }

  /** Where a convolution's output is halved. */
  private enum Pooling {
    NONE,
    BEFORE_NORMALIZATION,
    LAST
  }

  private record Convolved(Convolution convolution, Normalization normalization, Pooling pooling) {
    <T> T apply(T input, Operations<T> operations) {
      T out = operations.convolution(input, convolution);
      if (pooling == Pooling.BEFORE_NORMALIZATION) {
        out = operations.maxPooling(out, 2, 2, 0);
      }
      out = operations.rectifier(operations.normalization(out, normalization));
      return pooling == Pooling.LAST ? operations.maxPooling(out, 2, 2, 0) : out;
    }
  }

  private record Hidden(Linear linear, Normalization normalization) {}
}
