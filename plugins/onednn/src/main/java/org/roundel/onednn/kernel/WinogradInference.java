package org.roundel.onednn.kernel;

import org.jspecify.annotations.Nullable;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.program.PostOperations;
import org.roundel.onednn.program.ProgramBuilder;
import org.roundel.onednn.program.Source;
import org.roundel.winograd.Finish;
import org.roundel.winograd.FixedWeights;
import org.roundel.winograd.InferencePass;

/**
 * The forward pass by Winograd's minimal filtering with weights that never change.
 *
 * @param shape the convolution
 * @param layout of images
 */
record WinogradInference(ConvolutionShape shape, Layout layout) implements ForwardKernel {
  @Override
  public PostOperations along() {
    return PostOperations.ofSumAndRectifier();
  }

  @Override
  public void add(
      ProgramBuilder program,
      Weights weights,
      Source source,
      Tensor target,
      @Nullable PostOperations after) {
    Tensor images = source.tensor();
    Tensor added = after == null ? null : after.added();
    FixedWeights fixed =
        program
            .constants()
            .transformed(
                weights.slice(),
                () ->
                    new FixedWeights(
                        weights.values(program).floats(),
                        Math.toIntExact(shape.in().channels()),
                        Math.toIntExact(shape.out().channels())));
    InferencePass pass =
        new InferencePass(
            Winograd.images(images, shape.in(), layout),
            Winograd.images(target, shape.out(), layout),
            fixed,
            new Finish(weights.biases(program), added != null, after != null && after.rectifies()),
            program.workspace());
    Tensor other = added == null ? images : added;
    program.compute(
        weights.name() + " forward",
        ConvolutionKernels.WINOGRAD,
        () -> pass.run(images.floats(), other.floats(), target.floats()),
        images,
        other,
        target);
  }
}
