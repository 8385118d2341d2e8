package org.roundel.onednn.kernel;

import java.util.Arrays;
import org.bytedeco.dnnl.memory;
import org.roundel.onednn.memory.Device;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Window;
import org.roundel.onednn.program.Program;
import org.roundel.onednn.program.ProgramBuilder;

/**
 * What a convolution sees of a batch of images, a row for each pixel that it makes: [batch · output
 * height · output width, input channels · kernel height · kernel width], in the order of its
 * weights, so that a product with those is the convolution ("im2col": Chellapilla, Puri, Simard,
 * 2006). Images lie channels last.
 */
final class Columns {
  private final ConvolutionShape shape;
  private final long batch;
  private final int channels;
  private final int taps;
  private final int width;
  private final float[] image;
  private final float[] rows;

  /**
   * Plans them.
   *
   * @param made output images, or their gradient
   */
  Columns(ConvolutionShape shape, Tensor made) {
    this.shape = shape;
    this.batch = made.descriptor().get_size() / Float.BYTES / shape.out().size();
    this.channels = (int) shape.in().channels();
    this.taps = Math.toIntExact(taps(shape));
    this.width = channels * taps;
    this.image = new float[Math.toIntExact(shape.in().size())];
    this.rows = new float[Math.toIntExact(pixels(shape) * width)];
  }

  static long taps(ConvolutionShape shape) {
    return shape.window().rows().kernel() * shape.window().columns().kernel();
  }

  static long pixels(ConvolutionShape shape) {
    return shape.out().height() * shape.out().width();
  }

  /** Returns whether a batch has no more columns than Java can count in an array. */
  static boolean countable(long batch, ConvolutionShape shape) {
    return batch * pixels(shape) * shape.in().channels() * taps(shape) <= Integer.MAX_VALUE;
  }

  /** Describes them. */
  memory.desc descriptor() {
    return Device.describe(memory.format_tag.ab, batch * pixels(shape), width);
  }

  /** Describes output images as rows of channels. */
  memory.desc made(memory.format_tag order) {
    long pixels = batch * pixels(shape);
    long outputs = shape.out().channels();
    return order == memory.format_tag.ab
        ? Device.describe(order, pixels, outputs)
        : Device.describe(order, outputs, pixels);
  }

  /** Describes weights, [outputs, width] or the other way round. */
  memory.desc weights(memory.format_tag order) {
    long outputs = shape.out().channels();
    return order == memory.format_tag.ab
        ? Device.describe(order, outputs, width)
        : Device.describe(order, width, outputs);
  }

  /** Returns a new array, and adds the step that gathers images in it. */
  Tensor gather(ProgramBuilder program, String name, Tensor images) {
    Tensor columns = program.allocate(descriptor());
    program.compute(
        name + " columns",
        Program.COPY,
        () -> {
          for (int index = 0; index < batch; index++) {
            images.floats().get(index * image.length, image);
            visit(true);
            columns.floats().put(index * rows.length, rows);
          }
        },
        images,
        columns);
    return columns;
  }

  /** Adds the step that sums up, for each pixel of the images, all that was seen of it. */
  void scatter(ProgramBuilder program, String name, Tensor columns, Tensor images) {
    program.compute(
        name + " columns",
        () -> {
          for (int index = 0; index < batch; index++) {
            columns.floats().get(index * rows.length, rows);
            Arrays.fill(image, 0);
            visit(false);
            images.floats().put(index * image.length, image);
          }
        },
        columns,
        images);
  }

  /** Copies an image to its rows, or adds its rows to it. */
  private void visit(boolean gather) {
    Window.Axis down = shape.window().rows();
    Window.Axis across = shape.window().columns();
    int row = 0;
    for (int y = 0; y < shape.out().height(); y++) {
      for (int x = 0; x < shape.out().width(); x++) {
        int tap = 0;
        for (int i = 0; i < down.kernel(); i++) {
          long line = y * down.stride() - down.before() + i * down.dilation();
          for (int j = 0; j < across.kernel(); j++) {
            long column = x * across.stride() - across.before() + j * across.dilation();
            visit(gather, line, column, row + tap);
            tap++;
          }
        }
        row += width;
      }
    }
  }

  private void visit(boolean gather, long line, long column, int at) {
    boolean inside =
        line >= 0 && line < shape.in().height() && column >= 0 && column < shape.in().width();
    if (!inside) {
      if (gather) {
        for (int channel = 0; channel < channels; channel++) {
          rows[at + channel * taps] = 0;
        }
      }
      return;
    }
    int pixel = (int) (line * shape.in().width() + column) * channels;
    if (gather) {
      for (int channel = 0; channel < channels; channel++) {
        rows[at + channel * taps] = image[pixel + channel];
      }
    } else {
      for (int channel = 0; channel < channels; channel++) {
        image[pixel + channel] += rows[at + channel * taps];
      }
    }
  }
}
