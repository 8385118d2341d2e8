package org.roundel.onednn.program;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.memory.Device;
import org.roundel.onednn.memory.Tensor;

/** What a primitive does to its result before it is written, in the order of the calls. */
public final class PostOperations {
  private final List<Operation> operations = new ArrayList<>();
  private final boolean sumAndRectifier;
  private @Nullable Tensor added;
  private boolean rectifies;

  /**
   * One of them.
   *
   * @param algorithm oneDNN's
   * @param alpha a function's parameter
   * @param operand the other array; null for a function
   */
  private record Operation(int algorithm, float alpha, @Nullable Tensor operand) {}

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
    operations.add(new Operation(algorithm, alpha, null));
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
    operations.add(new Operation(algorithm, 0, operand));
    return true;
  }

  /** Returns what a kernel that can only sum and rectify adds; null for nothing. */
  public @Nullable Tensor added() {
    return added;
  }

  /** Returns whether such a kernel rectifies. */
  public boolean rectifies() {
    return rectifies;
  }

  /**
   * Returns the attributes of a primitive that does all these to some images.
   *
   * @param arguments the other arrays are put here, by oneDNN's argument number
   */
  public primitive_attr attributes(CallMaker.Images images, Map<Integer, Tensor> arguments) {
    primitive_attr attributes = Device.attributes();
    post_ops list = new post_ops();
    for (Operation operation : operations) {
      if (operation.operand == null) {
        list.append_eltwise(operation.algorithm, operation.alpha, 0);
        continue;
      }
      Tensor operand = images.of(operation.operand);
      int position = list.len() + 1;
      list.append_binary(operation.algorithm, operand.descriptor());
      arguments.put((DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * position) | DNNL_ARG_SRC_1, operand);
    }
    if (!operations.isEmpty()) {
      attributes.set_post_ops(list);
    }
    return attributes;
  }
}
