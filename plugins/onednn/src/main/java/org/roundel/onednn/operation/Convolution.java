package org.roundel.onednn.operation;

import static org.roundel.onednn.operation.Requirements.requireFits;
import static org.roundel.onednn.operation.Requirements.requireLength;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.graph.ChannelScale;
import org.roundel.onednn.graph.Compiler;
import org.roundel.onednn.graph.FrozenValues;
import org.roundel.onednn.graph.Graph;
import org.roundel.onednn.graph.InferenceCompiler;
import org.roundel.onednn.graph.Operation;
import org.roundel.onednn.graph.TrainingCompiler;
import org.roundel.onednn.kernel.ConvolutionKernels;
import org.roundel.onednn.kernel.ConvolutionShape;
import org.roundel.onednn.kernel.ForwardKernel;
import org.roundel.onednn.kernel.InputGradientKernel;
import org.roundel.onednn.kernel.Weights;
import org.roundel.onednn.kernel.WeightsGradientKernel;
import org.roundel.onednn.memory.Device;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Slice;
import org.roundel.onednn.net.Window;
import org.roundel.onednn.net.Wishes;
import org.roundel.onednn.program.Part.Pass;
import org.roundel.onednn.program.Source;

/**
 * A two-dimensional convolution (cross-correlation, as everywhere in the field). What computes each
 * of its passes is chosen by {@link ConvolutionKernels}.
 *
 * @param name its name
 * @param input an image
 * @param channels output channels
 * @param window kernel, stride, padding and dilation
 * @param weights [output channels, input channels, kernel height, kernel width]
 * @param bias [output channels], null for none
 */
public record Convolution(
    String name, int input, long channels, Window window, Slice weights, @Nullable Slice bias)
    implements Operation {
  @Override
  public String kind() {
    return "convolution";
  }

  @Override
  public int[] inputs() {
    return new int[] {input};
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape in = inputs.get(0);
    requireFits(window, in);
    requireLength(
        weights, channels * in.channels() * window.rows().kernel() * window.columns().kernel());
    requireLength(bias, channels);
    return window.over(in, channels);
  }

  @Override
  public boolean trained() {
    return true;
  }

  @Override
  public Layout layout(Graph graph, Wishes wishes, Layout inherited) {
    return ConvolutionKernels.choose(shape(graph), wishes).forward().layout();
  }

  @Override
  public boolean changesWhatItLoads(int value, TrainingCompiler net) {
    ConvolutionKernels kernels = kernels(value, net);
    return kernels.changeWhatTheyLoad() && kernels.forward().layout() == net.home(input);
  }

  ConvolutionShape shape(Graph graph) {
    Shape in = graph.shape(input);
    return new ConvolutionShape(in, outputShape(List.of(in)), window, input == 0, bias != null);
  }

  private ConvolutionKernels kernels(int value, Compiler net) {
    return ConvolutionKernels.choose(
        shape(net.graph()), net.wishes(), net.batch(), net.home(value));
  }

  Weights parameters(Compiler net) {
    return new Weights(
        name,
        weights,
        bias,
        List.of(
            channels,
            net.shape(input).channels(),
            window.rows().kernel(),
            window.columns().kernel()));
  }

  @Override
  public void train(int value, TrainingCompiler net) {
    train(value, net, kernels(value, net));
  }

  /** Adds the steps of the given kernels. */
  void train(int value, TrainingCompiler net, ConvolutionKernels kernels) {
    Weights parameters = parameters(net);
    Source source = net.source(input, kernels.forward().layout());
    Tensor target = net.allocate(value);
    net.define(value, target);
    kernels.forward().add(net.program(), parameters, source, target, null);
    net.backward(
        value,
        () -> {
          weightsGradient(value, net, kernels.weightsGradient(), parameters);
          if (net.trains(input)) {
            inputGradient(value, net, kernels.inputGradient(), parameters);
          }
        });
  }

  private void weightsGradient(
      int value, TrainingCompiler net, WeightsGradientKernel kernel, Weights parameters) {
    Source source = net.source(input, kernel.layout());
    Tensor outputGradient = net.in(kernel.layout(), value, net.gradient(value));
    net.program()
        .within(
            Pass.WEIGHTS_GRADIENT,
            () -> kernel.add(net.program(), parameters, source, outputGradient));
  }

  private void inputGradient(
      int value, TrainingCompiler net, InputGradientKernel kernel, Weights parameters) {
    Tensor outputGradient = net.in(kernel.layout(), value, net.gradient(value));
    Tensor inputGradient =
        net.program().allocate(Device.describe(kernel.layout(), net.batch(), net.shape(input)));
    net.program()
        .within(
            Pass.INPUT_GRADIENT,
            () -> kernel.add(net.program(), parameters, outputGradient, inputGradient));
    net.contribute(input, net.in(net.home(input), input, inputGradient));
  }

  @Override
  public boolean scalesItsOutput() {
    return true;
  }

  @Override
  public Operation freeze(FrozenValues values, @Nullable ChannelScale after) {
    Slice frozen = FrozenWeights.weights(values, weights, after);
    Slice frozenBias = FrozenWeights.bias(values, bias, after);
    return new FrozenConvolution(
        new Convolution(name, input, channels, window, frozen, frozenBias));
  }

  @Override
  public void infer(int value, InferenceCompiler net) {
    ForwardKernel kernel = kernels(value, net).forward();
    Source source = new Source(net.output(input, kernel.layout()));
    InferenceCompiler.Fused fused = net.fuse(value, kernel.along());
    Tensor target = net.allocate(value);
    kernel.add(net.program(), parameters(net), source, target, fused.after());
    net.define(fused, target);
  }
}
