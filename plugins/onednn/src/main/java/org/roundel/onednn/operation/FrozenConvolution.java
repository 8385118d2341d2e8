package org.roundel.onednn.operation;

import java.util.List;
import org.roundel.onednn.graph.Graph;
import org.roundel.onednn.graph.InferenceCompiler;
import org.roundel.onednn.graph.InferenceOperation;
import org.roundel.onednn.kernel.ConvolutionKernels;
import org.roundel.onednn.kernel.ForwardKernel;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Wishes;
import org.roundel.onednn.program.Source;

/**
 * A convolution with weights that never change.
 *
 * @param convolution the convolution
 */
record FrozenConvolution(Convolution convolution) implements InferenceOperation {
  @Override
  public String name() {
    return convolution.name();
  }

  @Override
  public String kind() {
    return convolution.kind();
  }

  @Override
  public int[] inputs() {
    return convolution.inputs();
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return convolution.outputShape(inputs);
  }

  @Override
  public Layout layout(Graph graph, Wishes wishes, Layout inherited) {
    return ConvolutionKernels.frozen(convolution.shape(graph), wishes, 1).layout();
  }

  @Override
  public void infer(int value, InferenceCompiler net) {
    ForwardKernel kernel =
        ConvolutionKernels.frozen(convolution.shape(net.graph()), net.wishes(), net.batch());
    Source source = new Source(net.output(convolution.input(), kernel.layout()));
    InferenceCompiler.Fused fused = net.fuse(value, kernel.along());
    Tensor target = net.allocate(value);
    kernel.add(net.program(), convolution.parameters(net), source, target, fused.after());
    net.define(fused, target);
  }
}
