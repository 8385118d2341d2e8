package org.roundel.onednn;

import org.jspecify.annotations.Nullable;

/** A way to compute the forward pass of a convolution. */
public interface ForwardKernel {
  /** Returns the layout of the images that it reads and writes. */
  Layout layout();

  /**
   * Adds its steps.
   *
   * @param source the input
   * @param target the output, written
   * @param after what is to be done to the output before it is written; null in training
   */
  void add(
      ProgramBuilder program,
      Weights weights,
      Tensor source,
      Tensor target,
      @Nullable PostOperations after);
}
