package org.roundel.onednn.kernel;

import org.bytedeco.dnnl.memory.format_tag;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.program.PostOperations;
import org.roundel.onednn.program.ProgramBuilder;
import org.roundel.onednn.program.Source;

/**
 * The forward pass as {@link MatrixProduct}: columns times weights.
 *
 * @param shape the convolution
 */
record ProductForward(ConvolutionShape shape) implements ForwardKernel {
  @Override
  public Layout layout() {
    return Layout.CHANNELS_LAST;
  }

  @Override
  public boolean takesOthersAlong() {
    return false;
  }

  @Override
  public void add(
      ProgramBuilder program,
      Weights weights,
      Source source,
      Tensor target,
      @Nullable PostOperations after) {
    Columns columns = new Columns(shape, target);
    MatrixProduct.add(
        program,
        weights.name() + " forward",
        columns.gather(program, weights.name(), source.tensor()),
        program.value(weights.slice(), columns.weights(format_tag.ba)),
        program.inPlaceOf(target, columns.made(format_tag.ab)));
  }
}
