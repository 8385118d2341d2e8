package org.roundel.onednn.kernel;

import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.program.ProgramBuilder;

/** A way to compute the gradient of a convolution's input. */
public interface InputGradientKernel {
  /** Returns the layout of the images that it reads and writes. */
  Layout layout();

  /**
   * Adds its steps.
   *
   * @param outputGradient the gradient of the output
   * @param inputGradient the gradient of the input, written
   */
  void add(ProgramBuilder program, Weights weights, Tensor outputGradient, Tensor inputGradient);
}
