package org.roundel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_forward;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.Operation.BatchNormalization;
import org.roundel.onednn.Operation.Convolution;
import org.roundel.onednn.Operation.Linear;
import org.roundel.onednn.Operation.Pooling;
import org.roundel.onednn.Operation.PoolingMethod;
import org.roundel.onednn.Operation.ZeroPaddedShortcut;

/** What compiling for training and for inference have in common. */
abstract class Compiler {
  final Graph graph;
  final long batch;
  final LayoutPlan layouts;
  final ProgramBuilder program;
  final engine cpu;
  final List<List<Integer>> consumers;
  final @Nullable Tensor[] outputs;
  private final Tensor given;

  Compiler(Graph graph, long batch, LayoutPlan layouts, ProgramBuilder program) {
    this.graph = graph;
    this.batch = batch;
    this.layouts = layouts;
    this.program = program;
    this.cpu = program.device().cpu();
    this.consumers = graph.consumers();
    this.outputs = new Tensor[graph.output() + 1];
    this.given = program.input(plain(0));
  }

  /** Adds the forward steps of the operation that makes a value. */
  abstract void forward(int value);

  /** Adds the forward steps of all operations. */
  final void forwardAll() {
    for (int value = 1; value <= graph.output(); value++) {
      if (outputs[value] == null) {
        int made = value;
        compile(made, () -> forward(made));
      }
    }
  }

  /** Adds the step that computes the loss and its gradient with respect to the scores. */
  final void loss(BatchInput input, Tensor scores, Tensor slopes) {
    int classes = (int) graph.shape(graph.output()).channels();
    program.compute(
        "loss",
        () ->
            input.record(
                graph.loss().batch(scores.floats(), slopes.floats(), input.labels(), classes)),
        scores,
        slopes);
  }

  /** Adds a step that combines two arrays; only the first may lie in the target's place. */
  final void binary(
      String name,
      int algorithm,
      Tensor first,
      Tensor second,
      Tensor target,
      primitive_attr attributes) {
    binary.primitive_desc description =
        new binary.primitive_desc(
            cpu,
            algorithm,
            first.descriptor(),
            second.descriptor(),
            target.descriptor(),
            attributes,
            false);
    program.execute(
        name,
        description,
        new binary(description),
        Map.of(DNNL_ARG_SRC_0, first, DNNL_ARG_SRC_1, second, DNNL_ARG_DST, target));
  }

  /** Returns the program of all steps added. */
  final Program build() {
    return program.build(given);
  }

  /** Returns the array of a value where it was first written. */
  final Tensor output(int value) {
    Tensor output = outputs[value];
    if (output == null && value == 0) {
      output = program.allocate(describe(0));
      program.copy("images", given, output);
      outputs[0] = output;
    }
    if (output == null) {
      throw new IllegalStateException("value " + value + " has no array");
    }
    return output;
  }

  /** Returns a value in a layout, by a copy if need be. */
  final Tensor output(int value, Layout layout) {
    if (value == 0 && layout == Layout.BLOCKED && graph.shape(0).channels() < Layout.block()) {
      // Kernels for blocks read few channels as whole planes.
      return given;
    }
    return program.in(
        layout.describe(batch, graph.shape(value)), output(value), name(value) + " layout");
  }

  /** Returns an array that lies in one layout in another one, by a copy if need be. */
  final Tensor in(Layout layout, int value, Tensor tensor) {
    return program.in(layout.describe(batch, graph.shape(value)), tensor, name(value) + " layout");
  }

  /**
   * Adds the steps of the operation that makes a value.
   *
   * @throws NoKernelException if oneDNN has none for it; it says so by the plainest of exceptions
   */
  final void compile(int value, Runnable steps) {
    try {
      steps.run();
    } catch (RuntimeException failure) {
      if (failure.getClass() == RuntimeException.class) {
        throw new NoKernelException(name(value), failure);
      }
      throw failure;
    }
  }

  final String name(int value) {
    Operation producer = graph.producer(value);
    return producer == null ? "images" : producer.name();
  }

  memory.desc describe(int value) {
    return layouts.home(value).describe(batch, graph.shape(value));
  }

  /** Describes a value channel by channel and row by row. */
  final memory.desc plain(int value) {
    Shape shape = graph.shape(value);
    return shape.row()
        ? Device.describe(memory.format_tag.ab, batch, shape.channels())
        : Device.describe(
            memory.format_tag.abcd, batch, shape.channels(), shape.height(), shape.width());
  }

  /** Returns the only consumer of a value, or -1. */
  int onlyConsumer(int value) {
    return consumers.get(value).size() == 1 ? consumers.get(value).get(0) : -1;
  }

  /** Describes a vector with one number a channel. */
  static memory.desc vector(long channels) {
    return Device.describe(memory.format_tag.a, channels);
  }

  /** Describes a convolution's weights as they lie in the flat arrays. */
  memory.desc flatWeights(Convolution convolution) {
    return Device.describe(memory.format_tag.abcd, weightSizes(convolution));
  }

  private long[] weightSizes(Convolution convolution) {
    Window window = convolution.window();
    return new long[] {
      convolution.channels(),
      graph.shape(convolution.input()).channels(),
      window.kernelHeight(),
      window.kernelWidth()
    };
  }

  /** Describes a linear layer's weights as they lie in the flat arrays. */
  memory.desc flatWeights(Linear linear) {
    Shape in = graph.shape(linear.input());
    if (in.row()) {
      return Device.describe(memory.format_tag.ab, linear.outputs(), in.channels());
    }
    return Device.describe(
        memory.format_tag.abcd, linear.outputs(), in.channels(), in.height(), in.width());
  }

  /** Describes weights in a layout that the kernel may choose. */
  memory.desc anyWeights(Convolution convolution) {
    return Device.describe(memory.format_tag.any, weightSizes(convolution));
  }

  memory.desc anyWeights(Linear linear) {
    Shape in = graph.shape(linear.input());
    if (in.row()) {
      return Device.describe(memory.format_tag.any, linear.outputs(), in.channels());
    }
    return Device.describe(
        memory.format_tag.any, linear.outputs(), in.channels(), in.height(), in.width());
  }

  convolution_forward.primitive_desc forward(
      Convolution convolution,
      int kind,
      memory.desc source,
      memory.desc target,
      primitive_attr attributes) {
    Window window = convolution.window();
    long[] strides = strides(window);
    long[] dilations = dilations(window);
    if (convolution.bias() == null) {
      return new convolution_forward.primitive_desc(
          cpu,
          kind,
          dnnl.dnnl_convolution_direct,
          source,
          anyWeights(convolution),
          target,
          strides,
          dilations,
          before(window),
          behind(window),
          attributes,
          false);
    }
    return new convolution_forward.primitive_desc(
        cpu,
        kind,
        dnnl.dnnl_convolution_direct,
        source,
        anyWeights(convolution),
        vector(convolution.channels()),
        target,
        strides,
        dilations,
        before(window),
        behind(window),
        attributes,
        false);
  }

  inner_product_forward.primitive_desc forward(
      Linear linear, int kind, memory.desc source, memory.desc target, primitive_attr attributes) {
    if (linear.bias() == null) {
      return new inner_product_forward.primitive_desc(
          cpu, kind, source, anyWeights(linear), target, attributes, false);
    }
    return new inner_product_forward.primitive_desc(
        cpu, kind, source, anyWeights(linear), vector(linear.outputs()), target, attributes, false);
  }

  pooling_forward.primitive_desc forward(
      Pooling pooling, int kind, memory.desc source, memory.desc target) {
    Window window = pooling.window();
    return new pooling_forward.primitive_desc(
        cpu,
        kind,
        algorithm(pooling.method()),
        source,
        target,
        strides(window),
        kernel(window),
        dilations(window),
        before(window),
        behind(window),
        Device.attributes(),
        false);
  }

  /** Returns the pooling that takes every {@code stride}-th row and column. */
  static Pooling subsampling(ZeroPaddedShortcut shortcut) {
    return new Pooling(
        shortcut.name(),
        shortcut.input(),
        PoolingMethod.AVERAGE,
        new Window(1, 1, shortcut.stride(), shortcut.stride(), 0, 0, 0, 0, 1, 1));
  }

  /** Returns the shape of what a shortcut keeps, before channels are added. */
  Shape narrow(ZeroPaddedShortcut shortcut, int value) {
    Shape out = graph.shape(value);
    return Shape.image(graph.shape(shortcut.input()).channels(), out.height(), out.width());
  }

  /** Describes the first channels of an image, as many as another has. */
  memory.desc firstChannels(memory.desc whole, Shape part) {
    return whole.submemory_desc(
        new long[] {batch, part.channels(), part.height(), part.width()}, new long[4]);
  }

  /** Adds steps that copy an image and fill the channels behind it with zeros. */
  void widen(String name, Shape shape, Tensor source, Tensor target) {
    long bytes = target.descriptor().get_size();
    program.compute(name + " zeros", () -> Pointer.memset(target.pointer(), 0, bytes), target);
    Tensor part = program.inPlaceOf(target, firstChannels(target.descriptor(), shape));
    program.copy(name + " widening", source, part);
  }

  static int algorithm(PoolingMethod method) {
    return switch (method) {
      case MAXIMUM -> dnnl.dnnl_pooling_max;
      case AVERAGE -> dnnl.dnnl_pooling_avg_exclude_padding;
      case AVERAGE_WITH_PADDING -> dnnl.dnnl_pooling_avg_include_padding;
    };
  }

  static int scaleAndShift(BatchNormalization normalization) {
    return normalization.scale() == null ? 0 : dnnl.dnnl_use_scale | dnnl.dnnl_use_shift;
  }

  static long[] kernel(Window window) {
    return new long[] {window.kernelHeight(), window.kernelWidth()};
  }

  static long[] strides(Window window) {
    return new long[] {window.strideHeight(), window.strideWidth()};
  }

  /** Returns the dilations as oneDNN counts them: 0 for a dense kernel. */
  static long[] dilations(Window window) {
    return new long[] {window.dilationHeight() - 1, window.dilationWidth() - 1};
  }

  static long[] before(Window window) {
    return new long[] {window.top(), window.left()};
  }

  static long[] behind(Window window) {
    return new long[] {window.bottom(), window.right()};
  }
}
