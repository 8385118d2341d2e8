package org.roundel.onednn.kernel;

import org.jspecify.annotations.Nullable;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.program.PostOperations;
import org.roundel.onednn.program.ProgramBuilder;
import org.roundel.onednn.program.Source;
import org.roundel.winograd.ImagePass;

/**
 * The forward pass by Winograd's minimal filtering.
 *
 * @param shape the convolution
 * @param layout of images
 */
record WinogradForward(ConvolutionShape shape, Layout layout) implements ForwardKernel {
  @Override
  public @Nullable PostOperations along() {
    return null;
  }

  @Override
  public boolean changesWhatItLoads() {
    return true;
  }

  @Override
  public void add(
      ProgramBuilder program,
      Weights weights,
      Source source,
      Tensor target,
      @Nullable PostOperations after) {
    Tensor images = source.tensor();
    ImagePass pass =
        new ImagePass(
            Winograd.images(images, shape.in(), layout),
            Winograd.images(target, shape.out(), layout),
            source.loading(),
            false,
            program.workspace());
    Tensor values = weights.values(program);
    program.compute(
        weights.name() + " forward",
        ConvolutionKernels.WINOGRAD,
        () -> pass.run(values.floats(), images.floats(), target.floats()),
        images,
        target);
  }
}
