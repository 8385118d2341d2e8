package org.roundel.onednn.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.primitive_attr;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.memory.Device;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.net.Window;
import org.roundel.onednn.program.Call;
import org.roundel.onednn.program.CallMaker;
import org.roundel.onednn.program.PostOperations;
import org.roundel.onednn.program.ProgramBuilder;
import org.roundel.onednn.program.Source;

/**
 * oneDNN's direct kernel for the forward pass.
 *
 * @param shape the convolution
 * @param layout of images
 */
record OneDnnForward(ConvolutionShape shape, Layout layout) implements ForwardKernel {
  @Override
  public void add(
      ProgramBuilder program,
      Weights weights,
      Source input,
      Tensor target,
      @Nullable PostOperations after) {
    program.execute(
        weights.name() + " forward",
        program.cut(target.count()),
        images -> call(program, weights, input.tensor(), target, after, images));
  }

  private Call call(
      ProgramBuilder program,
      Weights weights,
      Tensor source,
      Tensor target,
      @Nullable PostOperations after,
      CallMaker.Images images) {
    Tensor read = images.of(source);
    Tensor made = images.of(target);
    Map<Integer, Tensor> arguments = new HashMap<>();
    convolution_forward.primitive_desc description =
        after == null
            ? inTraining(program, shape.window(), weights, read, made)
            : describe(
                program,
                dnnl.dnnl_forward_inference,
                shape.window(),
                weights,
                read,
                made,
                after.attributes(images, arguments));
    arguments.put(DNNL_ARG_SRC, read);
    arguments.put(DNNL_ARG_DST, made);
    weights.read(program, description.weights_desc(), arguments);
    weights.readBias(program, arguments);
    return new Call(description, new convolution_forward(description), arguments);
  }

  /**
   * Describes the forward pass in training, which oneDNN also wants to know of where it goes back.
   *
   * @param source the input, or an array in its layout
   * @param target the output, or an array in its layout
   */
  static convolution_forward.primitive_desc inTraining(
      ProgramBuilder program, Window window, Weights weights, Tensor source, Tensor target) {
    return describe(
        program, dnnl.dnnl_forward_training, window, weights, source, target, Device.attributes());
  }

  private static convolution_forward.primitive_desc describe(
      ProgramBuilder program,
      int kind,
      Window window,
      Weights weights,
      Tensor source,
      Tensor target,
      primitive_attr attributes) {
    return new convolution_forward.primitive_desc(
        program.device().cpu(),
        kind,
        dnnl.dnnl_convolution_direct,
        source.descriptor(),
        weights.any(),
        weights.biasDescriptor(),
        target.descriptor(),
        window.strides(),
        window.gaps(),
        window.before(),
        window.behind(),
        attributes,
        false);
  }
}
