package org.roundel.onednn.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.global.dnnl;
import org.roundel.onednn.memory.Device;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.net.Window;
import org.roundel.onednn.program.Call;
import org.roundel.onednn.program.Cut;
import org.roundel.onednn.program.ProgramBuilder;
import org.roundel.onednn.program.Source;

/**
 * oneDNN's kernels for the gradients of weights and bias.
 *
 * @param shape the convolution
 * @param layout of images
 * @param product whether they are computed as a matrix product; else by oneDNN's first choice that
 *     is right, a direct kernel
 */
record OneDnnWeightsGradient(ConvolutionShape shape, Layout layout, boolean product)
    implements WeightsGradientKernel {
  /**
   * Numbers of all parts' gradients together. One thread sums them; above, that takes longer than
   * waking OpenMP's threads, which share the weights, too.
   */
  private static final long MOST_SUMMED = 1L << 18;

  @Override
  public void add(ProgramBuilder program, Weights weights, Source input, Tensor outputGradient) {
    Tensor source = input.tensor();
    Cut cut = program.cut(source.count());
    if (cut.parts() * weights.slice().length() > MOST_SUMMED) {
      cut = Cut.WHOLE;
    }
    WeightsGradients written = new WeightsGradients(program, weights);
    program.execute(
        weights.name() + " backward weights",
        cut,
        images -> call(program, weights, images.of(source), images.of(outputGradient), written));
    written.store();
  }

  private Call call(
      ProgramBuilder program,
      Weights weights,
      Tensor source,
      Tensor outputGradient,
      WeightsGradients written) {
    Window window = shape.window();
    convolution_backward_weights.primitive_desc description =
        new convolution_backward_weights.primitive_desc(
            program.device().cpu(),
            dnnl.dnnl_convolution_direct,
            source.descriptor(),
            weights.any(),
            weights.biasDescriptor(),
            outputGradient.descriptor(),
            window.strides(),
            window.gaps(),
            window.before(),
            window.behind(),
            OneDnnForward.inTraining(program, window, weights, source, outputGradient),
            Device.attributes(),
            false);
    if (product) {
      moveOn(description, kernel -> kernel.contains("gemm"));
    } else if (readsScratch()) {
      moveOn(description, kernel -> !kernel.startsWith("jit_1x1"));
    }
    Map<Integer, Tensor> arguments = new HashMap<>();
    arguments.put(DNNL_ARG_SRC, source);
    arguments.put(DNNL_ARG_DIFF_DST, outputGradient);
    written.write(description.diff_weights_desc(), arguments);
    return new Call(description, new convolution_backward_weights(description), arguments);
  }

  /**
   * Returns whether oneDNN 3.11's kernel for the weights' gradient of 1×1 convolutions would be
   * wrong. With a stride it gathers the pixels that count in scratch memory, and if the last vector
   * of channels, of 8 or 16, is not full it also multiplies what lay there before.
   */
  private boolean readsScratch() {
    Window.Axis rows = shape.window().rows();
    Window.Axis columns = shape.window().columns();
    return rows.kernel() == 1
        && columns.kernel() == 1
        && rows.stride() * columns.stride() > 1
        && shape.in().channels() % 16 != 0;
  }

  /** Moves a description on to the first of oneDNN's kernels whose name will do. */
  private static void moveOn(
      convolution_backward_weights.primitive_desc description, Predicate<String> suits) {
    String first = description.impl_info_str().getString();
    while (!suits.test(description.impl_info_str().getString())) {
      if (!description.next_impl()) {
        throw new IllegalStateException("oneDNN has no such kernel beside " + first);
      }
    }
  }
}
