package org.roundel.onednn.kernel;

import org.jspecify.annotations.Nullable;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.program.PostOperations;
import org.roundel.onednn.program.ProgramBuilder;
import org.roundel.onednn.program.Source;

/** A way to compute the forward pass of a convolution. */
public interface ForwardKernel {
  /** Returns the layout of the images that it reads and writes. */
  Layout layout();

  /** Returns a collector of what it can do to the output before it is written; null for nothing. */
  default @Nullable PostOperations along() {
    return new PostOperations();
  }

  /** Returns whether it can do something to the input as it loads it. */
  default boolean changesWhatItLoads() {
    return false;
  }

  /**
   * Adds its steps.
   *
   * @param source the input
   * @param target the output, written
   * @param after what is to be done to the output before it is written; null in training, and if it
   *     cannot
   */
  void add(
      ProgramBuilder program,
      Weights weights,
      Source source,
      Tensor target,
      @Nullable PostOperations after);
}
