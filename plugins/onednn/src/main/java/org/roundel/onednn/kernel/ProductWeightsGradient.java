package org.roundel.onednn.kernel;

import org.bytedeco.dnnl.memory.format_tag;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.program.ProgramBuilder;
import org.roundel.onednn.program.Source;

/**
 * The gradient of the weights as {@link MatrixProduct}: that of the output times columns.
 *
 * @param shape the convolution
 */
record ProductWeightsGradient(ConvolutionShape shape) implements WeightsGradientKernel {
  @Override
  public Layout layout() {
    return Layout.CHANNELS_LAST;
  }

  @Override
  public void add(ProgramBuilder program, Weights weights, Source source, Tensor outputGradient) {
    Columns columns = new Columns(shape, outputGradient);
    MatrixProduct.add(
        program,
        weights.name() + " backward weights",
        program.inPlaceOf(outputGradient, columns.made(format_tag.ba)),
        columns.gather(program, weights.name(), source.tensor()),
        program.gradient(weights.slice(), columns.weights(format_tag.ab)));
  }
}
