package org.roundel.onednn.program;

import java.util.Map;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc_base;
import org.roundel.onednn.memory.Tensor;

/**
 * A primitive with what it is given.
 *
 * @param kernel what runs it
 * @param scratch the scratch memory that it needs
 * @param made the primitive
 * @param arguments its arrays by oneDNN's argument number, without the scratchpad
 */
public record Call(
    String kernel, memory.desc scratch, primitive made, Map<Integer, Tensor> arguments) {
  /** A call of a primitive by the description that it was made of, with oneDNN's kernel's name. */
  public Call(primitive_desc_base description, primitive made, Map<Integer, Tensor> arguments) {
    this(description.impl_info_str().getString(), description.scratchpad_desc(), made, arguments);
  }

  /** Returns it under another name of the kernel. */
  Call by(String name) {
    return new Call(name, scratch, made, arguments);
  }
}
