package org.roundel.onednn.kernel;

import org.roundel.onednn.memory.Device;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.ConvolutionMethod;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Window;
import org.roundel.onednn.net.Wishes;
import org.roundel.winograd.Images;
import org.roundel.winograd.VectorSupport;

/** Which convolutions Winograd's minimal filtering can compute, and which it computes faster. */
final class Winograd {
  private static final Window WINDOW = Window.square(3, 1, 1);

  /** Smaller images have hardly a tile. */
  private static final long LEAST_SIZE = 4;

  /** Above it, transformed weights would take more than 600 MB of heap. */
  private static final long MOST_WEIGHTS = 1L << 22;

  private Winograd() {}

  /** Returns whether it computes a convolution. */
  static boolean chosen(ConvolutionShape shape, Wishes wishes) {
    if (wishes.convolution() == ConvolutionMethod.DIRECT
        || VectorSupport.problem() != null
        || !shape.window().equals(WINDOW)
        || shape.images()
        || shape.biased()) {
      return false;
    }
    return panels(shape.in().channels())
        && panels(shape.out().channels())
        && shape.in().channels() * shape.out().channels() <= MOST_WEIGHTS
        && Math.min(shape.in().height(), shape.in().width()) >= LEAST_SIZE;
  }

  /** Returns whether so many channels fill the columns that a matrix product computes at a time. */
  static boolean panels(long channels) {
    return channels % (2L * VectorSupport.lanes()) == 0;
  }

  /** Returns the layout to work in. */
  static Layout layout(Wishes wishes) {
    Layout wish = wishes.layout();
    // A vector must not be torn apart between two blocks.
    boolean blocks = Device.block() == VectorSupport.lanes();
    if (!blocks) {
      return Layout.CHANNELS_LAST;
    }
    return wish == null ? Layout.BLOCKED : wish;
  }

  /** Returns whether a batch of images has no more numbers than Java can count in an array. */
  static boolean countable(long batch, Shape shape) {
    return batch * shape.size() <= Integer.MAX_VALUE;
  }

  /** Describes a batch of images. */
  static Images images(Tensor tensor, Shape shape, Layout layout) {
    long batch = tensor.descriptor().get_size() / Float.BYTES / shape.size();
    return new Images(
        Math.toIntExact(batch),
        Math.toIntExact(shape.channels()),
        Math.toIntExact(shape.height()),
        Math.toIntExact(shape.width()),
        Math.toIntExact(layout == Layout.BLOCKED ? Device.block() : shape.channels()));
  }
}
