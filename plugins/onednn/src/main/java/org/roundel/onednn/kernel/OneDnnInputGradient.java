package org.roundel.onednn.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.global.dnnl;
import org.roundel.onednn.memory.Device;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.net.Window;
import org.roundel.onednn.program.Call;
import org.roundel.onednn.program.ProgramBuilder;

/**
 * oneDNN's direct kernel for the input's gradient.
 *
 * @param shape the convolution
 * @param layout of images
 */
record OneDnnInputGradient(ConvolutionShape shape, Layout layout) implements InputGradientKernel {
  @Override
  public void add(
      ProgramBuilder program, Weights weights, Tensor outputGradient, Tensor inputGradient) {
    program.execute(
        weights.name() + " backward data",
        program.cut(inputGradient.count()),
        images -> call(program, weights, images.of(outputGradient), images.of(inputGradient)));
  }

  private Call call(
      ProgramBuilder program, Weights weights, Tensor outputGradient, Tensor inputGradient) {
    Window window = shape.window();
    convolution_backward_data.primitive_desc description =
        new convolution_backward_data.primitive_desc(
            program.device().cpu(),
            dnnl.dnnl_convolution_direct,
            inputGradient.descriptor(),
            weights.any(),
            outputGradient.descriptor(),
            window.strides(),
            window.gaps(),
            window.before(),
            window.behind(),
            OneDnnForward.inTraining(program, window, weights, inputGradient, outputGradient),
            Device.attributes(),
            false);
    Map<Integer, Tensor> arguments = new HashMap<>();
    arguments.put(DNNL_ARG_DIFF_DST, outputGradient);
    arguments.put(DNNL_ARG_DIFF_SRC, inputGradient);
    weights.read(program, description.weights_desc(), arguments);
    return new Call(description, new convolution_backward_data(description), arguments);
  }
}
