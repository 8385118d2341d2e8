package org.roundel.onednn.kernel;

import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.program.ProgramBuilder;
import org.roundel.onednn.program.Source;
import org.roundel.winograd.WeightsPass;

/**
 * The gradient of the weights by Winograd's minimal filtering.
 *
 * @param shape the convolution
 * @param layout of images
 */
record WinogradWeightsGradient(ConvolutionShape shape, Layout layout)
    implements WeightsGradientKernel {
  @Override
  public boolean changesWhatItLoads() {
    return true;
  }

  @Override
  public void add(ProgramBuilder program, Weights weights, Source source, Tensor outputGradient) {
    Tensor images = source.tensor();
    WeightsPass pass =
        new WeightsPass(
            Winograd.images(images, shape.in(), layout),
            source.loading(),
            Winograd.images(outputGradient, shape.out(), layout),
            program.workspace());
    Tensor gradient = weights.gradient(program);
    program.compute(
        weights.name() + " backward weights",
        ConvolutionKernels.WINOGRAD,
        () -> pass.run(images.floats(), outputGradient.floats(), gradient.floats()),
        images,
        outputGradient);
  }
}
