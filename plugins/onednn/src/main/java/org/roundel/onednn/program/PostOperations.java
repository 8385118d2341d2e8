package org.roundel.onednn.program;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.roundel.onednn.memory.Device;
import org.roundel.onednn.memory.Tensor;

/** What a primitive does to its result before it is written, in the order of the calls. */
public final class PostOperations {
  private final post_ops operations = new post_ops();
  private final Map<Integer, Tensor> arguments = new HashMap<>();
  private int count;

  /**
   * Applies a function to each number.
   *
   * @param algorithm oneDNN's
   * @param alpha its parameter
   */
  public void function(int algorithm, float alpha) {
    operations.append_eltwise(algorithm, alpha, 0);
    count++;
  }

  /**
   * Combines each number with that of another array, which may be of length 1 in some dimensions.
   *
   * @param algorithm oneDNN's
   */
  public void binary(int algorithm, Tensor operand) {
    operations.append_binary(algorithm, operand.descriptor());
    arguments.put((DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (count + 1)) | DNNL_ARG_SRC_1, operand);
    count++;
  }

  /** Returns a primitive's attributes with all these. */
  public primitive_attr attributes() {
    primitive_attr attributes = Device.attributes();
    attributes.set_post_ops(operations);
    return attributes;
  }

  /** Returns the other arrays by oneDNN's argument number. */
  public Map<Integer, Tensor> arguments() {
    return Map.copyOf(arguments);
  }
}
