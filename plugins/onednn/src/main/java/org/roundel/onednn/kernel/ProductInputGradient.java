package org.roundel.onednn.kernel;

import org.bytedeco.dnnl.memory.format_tag;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.program.ProgramBuilder;

/**
 * The gradient of the input as {@link MatrixProduct}: that of the output times weights gives that
 * of the columns.
 *
 * @param shape the convolution
 */
record ProductInputGradient(ConvolutionShape shape) implements InputGradientKernel {
  @Override
  public Layout layout() {
    return Layout.CHANNELS_LAST;
  }

  @Override
  public void add(
      ProgramBuilder program, Weights weights, Tensor outputGradient, Tensor inputGradient) {
    Columns columns = new Columns(shape, outputGradient);
    Tensor seen = program.allocate(columns.descriptor());
    MatrixProduct.add(
        program,
        weights.name() + " backward data",
        program.inPlaceOf(outputGradient, columns.made(format_tag.ab)),
        program.value(weights.slice(), columns.weights(format_tag.ab)),
        seen);
    columns.scatter(program, weights.name(), seen, inputGradient);
  }
}
