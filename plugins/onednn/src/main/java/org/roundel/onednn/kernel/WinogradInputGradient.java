package org.roundel.onednn.kernel;

import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.program.ProgramBuilder;
import org.roundel.winograd.ImagePass;
import org.roundel.winograd.Loading;

/**
 * The gradient of the input by Winograd's minimal filtering.
 *
 * @param shape the convolution
 * @param layout of images
 */
record WinogradInputGradient(ConvolutionShape shape, Layout layout) implements InputGradientKernel {
  @Override
  public void add(
      ProgramBuilder program, Weights weights, Tensor outputGradient, Tensor inputGradient) {
    ImagePass pass =
        new ImagePass(
            Winograd.images(outputGradient, shape.out(), layout),
            Winograd.images(inputGradient, shape.in(), layout),
            Loading.AS_THEY_ARE,
            true,
            program.workspace());
    Tensor values = weights.values(program);
    program.compute(
        weights.name() + " backward data",
        ConvolutionKernels.WINOGRAD,
        () -> pass.run(values.floats(), outputGradient.floats(), inputGradient.floats()),
        outputGradient,
        inputGradient);
  }
}
