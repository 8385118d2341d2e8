package org.roundel.onednn.program;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.roundel.onednn.memory.Device;
import org.roundel.onednn.memory.Tensor;

/** Primitives that many operations need. */
final class Calls {
  private Calls() {}

  /**
   * Combines two arrays; only the first may lie in the target's place.
   *
   * @param after what is done to the result
   * @param images those that are computed
   */
  static Call binary(
      engine cpu,
      int algorithm,
      Tensor first,
      Tensor second,
      Tensor target,
      PostOperations after,
      CallMaker.Images images) {
    Map<Integer, Tensor> arguments = new HashMap<>();
    arguments.put(dnnl.DNNL_ARG_SRC_0, images.of(first));
    arguments.put(dnnl.DNNL_ARG_SRC_1, images.of(second));
    arguments.put(dnnl.DNNL_ARG_DST, images.of(target));
    binary.primitive_desc description =
        new binary.primitive_desc(
            cpu,
            algorithm,
            images.of(first).descriptor(),
            images.of(second).descriptor(),
            images.of(target).descriptor(),
            after.attributes(images, arguments),
            false);
    return new Call(description, new binary(description), arguments);
  }

  /** Copies an array into another layout. */
  static Call copy(engine cpu, Tensor from, Tensor to) {
    return copy(cpu, from, to, Device.attributes());
  }

  /** Adds an array to another, which may be in another layout. */
  static Call add(engine cpu, Tensor from, Tensor to) {
    post_ops sum = new post_ops();
    sum.append_sum();
    primitive_attr attributes = Device.attributes();
    attributes.set_post_ops(sum);
    return copy(cpu, from, to, attributes);
  }

  private static Call copy(engine cpu, Tensor from, Tensor to, primitive_attr attributes) {
    reorder.primitive_desc description =
        new reorder.primitive_desc(cpu, from.descriptor(), cpu, to.descriptor(), attributes, false);
    return new Call(
            description,
            new reorder(description),
            Map.of(dnnl.DNNL_ARG_FROM, from, dnnl.DNNL_ARG_TO, to))
        .by(Program.COPY);
  }
}
