package org.roundel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.inner_product_backward_data;
import org.bytedeco.dnnl.inner_product_backward_weights;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;
import org.roundel.onednn.Operation.Convolution;
import org.roundel.onednn.Operation.Linear;

/** Compiles the operations that have weights for training: convolutions and matrix products. */
final class WeightedOperations {
  private final TrainingCompiler net;
  private final ProgramBuilder program;
  private final Graph graph;
  private final LayoutPlan layouts;
  private final long batch;
  private final engine cpu;

  WeightedOperations(TrainingCompiler net) {
    this.net = net;
    this.program = net.program;
    this.graph = net.graph;
    this.layouts = net.layouts;
    this.batch = net.batch;
    this.cpu = net.cpu;
  }

  void convolution(int value, Convolution convolution) {
    Tensor source = net.output(convolution.input(), layouts.passes(value).forward());
    Tensor target = program.allocate(net.describe(value));
    net.define(value, target);
    String name = convolution.name();
    convolution_forward.primitive_desc forward =
        net.forward(
            convolution,
            dnnl.dnnl_forward_training,
            source.descriptor(),
            target.descriptor(),
            Device.attributes());
    Tensor flat = program.value(convolution.weights(), net.flatWeights(convolution));
    Tensor weights = program.in(forward.weights_desc(), flat, name + " weights");
    Map<Integer, Tensor> arguments = new HashMap<>();
    arguments.put(DNNL_ARG_SRC, source);
    arguments.put(DNNL_ARG_WEIGHTS, weights);
    arguments.put(DNNL_ARG_DST, target);
    Slice bias = convolution.bias();
    if (bias != null) {
      arguments.put(DNNL_ARG_BIAS, program.value(bias, Compiler.vector(bias.length())));
    }
    program.execute(name + " forward", forward, new convolution_forward(forward), arguments);
    net.later(value, () -> convolutionBackward(value, convolution, forward, flat));
  }

  private void convolutionBackward(
      int value, Convolution convolution, convolution_forward.primitive_desc forward, Tensor flat) {
    LayoutPlan.Passes passes = layouts.passes(value);
    String name = convolution.name();
    convolutionWeights(
        convolution,
        passes.product(),
        forward,
        net.output(convolution.input(), passes.weights()),
        net.in(passes.weights(), value, net.gradient(value)));
    if (!net.trains(convolution.input())) {
      return;
    }
    Window window = convolution.window();
    Tensor slope = net.in(passes.data(), value, net.gradient(value));
    Tensor result =
        program.allocate(passes.data().describe(batch, graph.shape(convolution.input())));
    convolution_backward_data.primitive_desc description =
        new convolution_backward_data.primitive_desc(
            cpu,
            dnnl.dnnl_convolution_direct,
            result.descriptor(),
            net.anyWeights(convolution),
            slope.descriptor(),
            Compiler.strides(window),
            Compiler.dilations(window),
            Compiler.before(window),
            Compiler.behind(window),
            forward,
            Device.attributes(),
            false);
    Tensor weights = program.in(description.weights_desc(), flat, name + " weights");
    program.execute(
        name + " backward data",
        description,
        new convolution_backward_data(description),
        Map.of(DNNL_ARG_DIFF_DST, slope, DNNL_ARG_WEIGHTS, weights, DNNL_ARG_DIFF_SRC, result));
    net.contribute(
        convolution.input(),
        net.in(layouts.home(convolution.input()), convolution.input(), result));
  }

  private void convolutionWeights(
      Convolution convolution,
      boolean product,
      convolution_forward.primitive_desc forward,
      Tensor source,
      Tensor slope) {
    String name = convolution.name();
    Window window = convolution.window();
    Slice bias = convolution.bias();
    convolution_backward_weights.primitive_desc description;
    if (bias == null) {
      description =
          new convolution_backward_weights.primitive_desc(
              cpu,
              dnnl.dnnl_convolution_direct,
              source.descriptor(),
              net.anyWeights(convolution),
              slope.descriptor(),
              Compiler.strides(window),
              Compiler.dilations(window),
              Compiler.before(window),
              Compiler.behind(window),
              forward,
              Device.attributes(),
              false);
    } else {
      description =
          new convolution_backward_weights.primitive_desc(
              cpu,
              dnnl.dnnl_convolution_direct,
              source.descriptor(),
              net.anyWeights(convolution),
              Compiler.vector(bias.length()),
              slope.descriptor(),
              Compiler.strides(window),
              Compiler.dilations(window),
              Compiler.before(window),
              Compiler.behind(window),
              forward,
              Device.attributes(),
              false);
    }
    if (product) {
      preferProduct(description);
    } else if (readsScratch(convolution)) {
      avoidStridedPixels(description);
    }
    Tensor flat = program.gradient(convolution.weights(), net.flatWeights(convolution));
    Tensor result = target(description.diff_weights_desc(), flat);
    Map<Integer, Tensor> arguments = new HashMap<>();
    arguments.put(DNNL_ARG_SRC, source);
    arguments.put(DNNL_ARG_DIFF_DST, slope);
    arguments.put(DNNL_ARG_DIFF_WEIGHTS, result);
    if (bias != null) {
      arguments.put(DNNL_ARG_DIFF_BIAS, program.gradient(bias, Compiler.vector(bias.length())));
    }
    program.execute(
        name + " backward weights",
        description,
        new convolution_backward_weights(description),
        arguments);
    if (result != flat) {
      program.copy(name + " weights' gradient", result, flat);
    }
  }

  /** Moves a description on to oneDNN's matrix product, if that is among its implementations. */
  private static void preferProduct(convolution_backward_weights.primitive_desc description) {
    String first = description.impl_info_str().getString();
    while (!description.impl_info_str().getString().contains("gemm")) {
      if (!description.next_impl()) {
        throw new IllegalStateException("oneDNN has no matrix product beside " + first);
      }
    }
  }

  /**
   * Returns whether oneDNN 3.11's kernel for the weights' gradient of 1×1 convolutions would be
   * wrong. With a stride it gathers the pixels that count in scratch memory, and if the last vector
   * of channels, of 8 or 16, is not full it also multiplies what lay there before.
   */
  private boolean readsScratch(Convolution convolution) {
    Window window = convolution.window();
    return window.kernelHeight() == 1
        && window.kernelWidth() == 1
        && window.strideHeight() * window.strideWidth() > 1
        && graph.shape(convolution.input()).channels() % 16 != 0;
  }

  private static void avoidStridedPixels(convolution_backward_weights.primitive_desc description) {
    while (description.impl_info_str().getString().startsWith("jit_1x1")) {
      if (!description.next_impl()) {
        throw new IllegalStateException("oneDNN has no kernel beside that for 1x1 convolutions");
      }
    }
  }

  /** Returns an array that a kernel may write in its own layout: the flat one if it agrees. */
  private Tensor target(memory.desc descriptor, Tensor flat) {
    return ProgramBuilder.same(descriptor, flat.descriptor()) ? flat : program.allocate(descriptor);
  }

  void linear(int value, Linear linear) {
    Tensor source = net.output(linear.input());
    Tensor target = program.allocate(net.describe(value));
    net.define(value, target);
    inner_product_forward.primitive_desc forward =
        net.forward(
            linear,
            dnnl.dnnl_forward_training,
            source.descriptor(),
            target.descriptor(),
            Device.attributes());
    Tensor flat = program.value(linear.weights(), net.flatWeights(linear));
    Tensor weights = program.in(forward.weights_desc(), flat, linear.name() + " weights");
    Map<Integer, Tensor> arguments = new HashMap<>();
    arguments.put(DNNL_ARG_SRC, source);
    arguments.put(DNNL_ARG_WEIGHTS, weights);
    arguments.put(DNNL_ARG_DST, target);
    Slice bias = linear.bias();
    if (bias != null) {
      arguments.put(DNNL_ARG_BIAS, program.value(bias, Compiler.vector(bias.length())));
    }
    program.execute(
        linear.name() + " forward", forward, new inner_product_forward(forward), arguments);
    net.later(value, () -> linearBackward(value, linear, forward, flat));
  }

  private void linearBackward(
      int value, Linear linear, inner_product_forward.primitive_desc forward, Tensor flat) {
    String name = linear.name();
    Tensor slope = net.gradient(value);
    Tensor source = net.output(linear.input());
    Slice bias = linear.bias();
    inner_product_backward_weights.primitive_desc weightsPass =
        bias == null
            ? new inner_product_backward_weights.primitive_desc(
                cpu,
                source.descriptor(),
                net.anyWeights(linear),
                slope.descriptor(),
                forward,
                Device.attributes(),
                false)
            : new inner_product_backward_weights.primitive_desc(
                cpu,
                source.descriptor(),
                net.anyWeights(linear),
                Compiler.vector(bias.length()),
                slope.descriptor(),
                forward,
                Device.attributes(),
                false);
    Tensor flatGradient = program.gradient(linear.weights(), net.flatWeights(linear));
    Tensor weightsGradient = target(weightsPass.diff_weights_desc(), flatGradient);
    Map<Integer, Tensor> arguments = new HashMap<>();
    arguments.put(DNNL_ARG_SRC, source);
    arguments.put(DNNL_ARG_DIFF_DST, slope);
    arguments.put(DNNL_ARG_DIFF_WEIGHTS, weightsGradient);
    if (bias != null) {
      arguments.put(DNNL_ARG_DIFF_BIAS, program.gradient(bias, Compiler.vector(bias.length())));
    }
    program.execute(
        name + " backward weights",
        weightsPass,
        new inner_product_backward_weights(weightsPass),
        arguments);
    if (weightsGradient != flatGradient) {
      program.copy(name + " weights' gradient", weightsGradient, flatGradient);
    }
    if (!net.trains(linear.input())) {
      return;
    }
    Tensor result = program.allocate(source.descriptor());
    inner_product_backward_data.primitive_desc dataPass =
        new inner_product_backward_data.primitive_desc(
            cpu,
            result.descriptor(),
            net.anyWeights(linear),
            slope.descriptor(),
            forward,
            Device.attributes(),
            false);
    Tensor weights = program.in(dataPass.weights_desc(), flat, name + " weights");
    program.execute(
        name + " backward data",
        dataPass,
        new inner_product_backward_data(dataPass),
        Map.of(DNNL_ARG_DIFF_DST, slope, DNNL_ARG_WEIGHTS, weights, DNNL_ARG_DIFF_SRC, result));
    net.contribute(linear.input(), result);
  }
}
