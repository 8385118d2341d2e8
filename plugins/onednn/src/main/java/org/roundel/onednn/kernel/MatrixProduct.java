package org.roundel.onednn.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import java.util.Map;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory.format_tag;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.memory.Device;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.ConvolutionMethod;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.net.Wishes;
import org.roundel.onednn.program.PostOperations;
import org.roundel.onednn.program.ProgramBuilder;
import org.roundel.onednn.program.Source;

/**
 * Convolutions as a product of matrices, {@link Columns} and weights, of the whole batch at once:
 * where images are small, oneDNN's direct kernels read all weights for every image, and its blocked
 * ones know no weights' gradient but by plain loops.
 */
final class MatrixProduct {
  /** Of output images. Measured: above, gathering columns costs what the product saves. */
  private static final long MOST_PIXELS = 4;

  private MatrixProduct() {}

  /** Returns the kernels of a convolution that it computes. */
  static ConvolutionKernels kernels(ConvolutionShape shape) {
    return new ConvolutionKernels(
        new Forward(shape), new InputGradient(shape), new WeightsGradient(shape));
  }

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
  private static void multiply(
      ProgramBuilder program, String name, Tensor left, Tensor right, Tensor product) {
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

  /** The forward pass: columns times weights. */
  record Forward(ConvolutionShape shape) implements ForwardKernel {
    @Override
    public Layout layout() {
      return Layout.CHANNELS_LAST;
    }

    @Override
    public @Nullable PostOperations along() {
      return null;
    }

    @Override
    public void add(
        ProgramBuilder program,
        Weights weights,
        Source source,
        Tensor target,
        @Nullable PostOperations after) {
      Columns columns = new Columns(shape, target);
      multiply(
          program,
          weights.name() + " forward",
          columns.gather(program, weights.name(), source.tensor()),
          program.value(weights.slice(), columns.weights(format_tag.ba)),
          program.inPlaceOf(target, columns.made(format_tag.ab)));
    }
  }

  /** The gradient of the input: that of the output times weights gives that of the columns. */
  record InputGradient(ConvolutionShape shape) implements InputGradientKernel {
    @Override
    public Layout layout() {
      return Layout.CHANNELS_LAST;
    }

    @Override
    public void add(
        ProgramBuilder program, Weights weights, Tensor outputGradient, Tensor inputGradient) {
      Columns columns = new Columns(shape, outputGradient);
      Tensor seen = program.allocate(columns.descriptor());
      multiply(
          program,
          weights.name() + " backward data",
          program.inPlaceOf(outputGradient, columns.made(format_tag.ab)),
          program.value(weights.slice(), columns.weights(format_tag.ab)),
          seen);
      columns.scatter(program, weights.name(), seen, inputGradient);
    }
  }

  /** The gradient of the weights: that of the output times columns. */
  record WeightsGradient(ConvolutionShape shape) implements WeightsGradientKernel {
    @Override
    public Layout layout() {
      return Layout.CHANNELS_LAST;
    }

    @Override
    public void add(ProgramBuilder program, Weights weights, Source source, Tensor outputGradient) {
      Columns columns = new Columns(shape, outputGradient);
      multiply(
          program,
          weights.name() + " backward weights",
          program.inPlaceOf(outputGradient, columns.made(format_tag.ba)),
          columns.gather(program, weights.name(), source.tensor()),
          program.gradient(weights.slice(), columns.weights(format_tag.ab)));
    }
  }
}
