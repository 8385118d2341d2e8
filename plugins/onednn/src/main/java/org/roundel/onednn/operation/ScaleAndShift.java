package org.roundel.onednn.operation;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.roundel.onednn.graph.InferenceCompiler;
import org.roundel.onednn.graph.InferenceOperation;
import org.roundel.onednn.memory.Device;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Slice;
import org.roundel.onednn.program.PostOperations;

/**
 * A scale and a shift of each channel: batch normalisation whose values never change.
 *
 * @param name its name
 * @param input an image or a row
 * @param scale [channels]
 * @param shift [channels]
 */
record ScaleAndShift(String name, int input, Slice scale, Slice shift)
    implements InferenceOperation {
  @Override
  public String kind() {
    return "scale-and-shift";
  }

  @Override
  public int[] inputs() {
    return new int[] {input};
  }

  private Tensor read(InferenceCompiler net, Slice slice) {
    Shape shape = net.shape(input);
    memory.desc channels =
        shape.row()
            ? Device.describe(memory.format_tag.ab, 1, shape.channels())
            : Device.describe(memory.format_tag.abcd, 1, shape.channels(), 1, 1);
    return net.program().value(slice, channels);
  }

  @Override
  public void infer(int value, InferenceCompiler net) {
    PostOperations after = new PostOperations();
    after.binary(dnnl.dnnl_binary_add, read(net, shift));
    InferenceCompiler.Fused fused = net.fuse(value, after);
    Tensor target = net.allocate(value);
    net.program()
        .binary(
            name + " forward",
            dnnl.dnnl_binary_mul,
            net.output(input),
            read(net, scale),
            target,
            fused.after());
    net.define(fused, target);
  }

  @Override
  public boolean join(int read, InferenceCompiler net, PostOperations after) {
    return after.binary(dnnl.dnnl_binary_mul, read(net, scale))
        && after.binary(dnnl.dnnl_binary_add, read(net, shift));
  }
}
