package org.roundel.onednn.operation;

import static org.roundel.onednn.operation.Requirements.require;
import static org.roundel.onednn.operation.Requirements.requireImage;

import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;
import org.roundel.onednn.graph.Compiler;
import org.roundel.onednn.graph.InferenceCompiler;
import org.roundel.onednn.graph.Operation;
import org.roundel.onednn.graph.TrainingCompiler;
import org.roundel.onednn.memory.Device;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Window;
import org.roundel.onednn.program.PostOperations;
import org.roundel.onednn.program.ProgramBuilder;

/**
 * Every {@code stride}-th row and column, followed by channels of zeros.
 *
 * @param name its name
 * @param input an image
 * @param stride at least 1
 * @param channels output channels, at least those of the input
 */
public record ZeroPaddedShortcut(String name, int input, long stride, long channels)
    implements Operation {
  @Override
  public String kind() {
    return "zero-padded-shortcut";
  }

  @Override
  public int[] inputs() {
    return new int[] {input};
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape in = inputs.get(0);
    requireImage(in);
    require(
        stride >= 1 && channels >= in.channels(),
        "it takes stride "
            + stride
            + " and goes from "
            + in.channels()
            + " to "
            + channels
            + " channels");
    return Shape.image(
        channels, (in.height() + stride - 1) / stride, (in.width() + stride - 1) / stride);
  }

  @Override
  public void train(int value, TrainingCompiler net) {
    ProgramBuilder program = net.program();
    Tensor source = net.output(input);
    Tensor target = net.allocate(value);
    net.define(value, target);
    Tensor kept = program.allocate(narrow(value, net));
    Pooling.Trained forward = subsampling().train(program, source, kept);
    widen(value, net, kept, target);
    net.backward(
        value,
        () -> {
          Tensor part = firstChannels(value, net, net.gradient(value));
          Tensor gradient = program.allocate(kept.descriptor());
          program.copy(name + " narrowing", part, gradient);
          subsampling().backward(net, forward, gradient);
        });
  }

  @Override
  public void infer(int value, InferenceCompiler net) {
    if (BlockedShortcut.add(value, this, net)) {
      return;
    }
    Tensor kept = net.program().allocate(narrow(value, net));
    subsampling().infer(net.program(), net.output(input), kept, new PostOperations());
    Tensor target = net.allocate(value);
    widen(value, net, kept, target);
    net.define(value, target);
  }

  /** Returns the pooling that takes every {@code stride}-th row and column. */
  private Pooling subsampling() {
    return new Pooling(name, input, PoolingMethod.AVERAGE, Window.square(1, stride, 0));
  }

  /** Describes what is kept, before channels are added. */
  private memory.desc narrow(int value, Compiler net) {
    Shape out = net.shape(value);
    Shape narrow = Shape.image(net.shape(input).channels(), out.height(), out.width());
    return Device.describe(net.home(value), net.batch(), narrow);
  }

  /** Returns the channels of an output, or its gradient, that come from the input. */
  private Tensor firstChannels(int value, Compiler net, Tensor whole) {
    Shape out = net.shape(value);
    long[] sizes = {net.batch(), net.shape(input).channels(), out.height(), out.width()};
    return net.program()
        .inPlaceOf(whole, whole.descriptor().submemory_desc(sizes, new long[sizes.length]));
  }

  /** Adds steps that copy an image and fill the channels behind it with zeros. */
  private void widen(int value, Compiler net, Tensor source, Tensor target) {
    ProgramBuilder program = net.program();
    long bytes = target.descriptor().get_size();
    program.compute(name + " zeros", () -> Pointer.memset(target.pointer(), 0, bytes), target);
    program.copy(name + " widening", source, firstChannels(value, net, target));
  }
}
