package org.roundel.onednn.program;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.memory.Device;
import org.roundel.onednn.memory.Tensor;

/** What a primitive does to its result before it is written, in the order of the calls. */
public final class PostOperations {
  private final Map<Integer, Tensor> arguments = new HashMap<>();
  private final boolean sumAndRectifier;
  private @Nullable post_ops operations;
  private @Nullable Tensor added;
  private boolean rectifies;
  private int count;

  /** Makes it for one of oneDNN's primitives, which can do all of it. */
  public PostOperations() {
    this(false);
  }

  private PostOperations(boolean sumAndRectifier) {
    this.sumAndRectifier = sumAndRectifier;
  }

  /** Makes it for a kernel that can add one array of the same layout, and rectify behind it. */
  public static PostOperations ofSumAndRectifier() {
    return new PostOperations(true);
  }

  /**
   * Applies a function to each number.
   *
   * @param algorithm oneDNN's
   * @param alpha its parameter
   * @return whether the kernel can do that; else nothing has changed
   */
  public boolean function(int algorithm, float alpha) {
    if (sumAndRectifier) {
      boolean can = algorithm == dnnl.dnnl_eltwise_relu && alpha == 0 && !rectifies;
      rectifies |= can;
      return can;
    }
    operations().append_eltwise(algorithm, alpha, 0);
    count++;
    return true;
  }

  /**
   * Combines each number with that of another array, which may be of length 1 in some dimensions.
   *
   * @param algorithm oneDNN's
   * @return whether the kernel can do that; else nothing has changed
   */
  public boolean binary(int algorithm, Tensor operand) {
    if (sumAndRectifier) {
      boolean can = algorithm == dnnl.dnnl_binary_add && added == null && !rectifies;
      if (can) {
        added = operand;
      }
      return can;
    }
    operations().append_binary(algorithm, operand.descriptor());
    arguments.put((DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (count + 1)) | DNNL_ARG_SRC_1, operand);
    count++;
    return true;
  }

  private post_ops operations() {
    if (operations == null) {
      operations = new post_ops();
    }
    return operations;
  }

  /** Returns what a kernel that can only sum and rectify adds; null for nothing. */
  public @Nullable Tensor added() {
    return added;
  }

  /** Returns whether such a kernel rectifies. */
  public boolean rectifies() {
    return rectifies;
  }

  /** Returns a primitive's attributes with all these. */
  public primitive_attr attributes() {
    primitive_attr attributes = Device.attributes();
    if (operations != null) {
      attributes.set_post_ops(operations);
    }
    return attributes;
  }

  /** Returns the other arrays by oneDNN's argument number. */
  public Map<Integer, Tensor> arguments() {
    return Map.copyOf(arguments);
  }
}
