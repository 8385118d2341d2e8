package org.roundel.onednn.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import java.util.Map;
import org.bytedeco.dnnl.matmul;
import org.roundel.onednn.memory.Device;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.ConvolutionMethod;
import org.roundel.onednn.net.Wishes;
import org.roundel.onednn.program.ProgramBuilder;

/**
 * Convolutions as a product of matrices, {@link Columns} and weights, of the whole batch at once:
 * where images are small, oneDNN's direct kernels read all weights for every image, and its blocked
 * ones know no weights' gradient but by plain loops.
 */
final class MatrixProduct {
  /** Of output images. Measured: above, gathering columns costs what the product saves. */
  private static final long MOST_PIXELS = 4;

  private MatrixProduct() {}

  /** Returns whether it computes a convolution. */
  static boolean chosen(ConvolutionShape shape, Wishes wishes) {
    return wishes.convolution() != ConvolutionMethod.DIRECT
        && !shape.images()
        && !shape.biased()
        && Columns.taps(shape) > 1
        && Columns.pixels(shape) <= MOST_PIXELS;
  }

  /**
   * Adds the step that multiplies.
   *
   * @param left [m, k]
   * @param right [k, n]
   * @param product [m, n], written
   */
  static void add(ProgramBuilder program, String name, Tensor left, Tensor right, Tensor product) {
    matmul.primitive_desc description =
        new matmul.primitive_desc(
            program.device().cpu(),
            left.descriptor(),
            right.descriptor(),
            product.descriptor(),
            Device.attributes(),
            false);
    program.execute(
        name,
        description,
        new matmul(description),
        Map.of(DNNL_ARG_SRC, left, DNNL_ARG_WEIGHTS, right, DNNL_ARG_DST, product));
  }
}
