package org.roundel.onednn.kernel;

import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.program.ProgramBuilder;
import org.roundel.onednn.program.Source;

/** A way to compute the gradients of a convolution's weights and bias. */
public interface WeightsGradientKernel {
  /** Returns the layout of the images that it reads. */
  Layout layout();

  /** Returns whether it can do something to the input as it loads it. */
  default boolean changesWhatItLoads() {
    return false;
  }

  /**
   * Adds its steps, which write to the flat array of gradients.
   *
   * @param source the input
   * @param outputGradient the gradient of the output
   */
  void add(ProgramBuilder program, Weights weights, Source source, Tensor outputGradient);
}
