package org.roundel.onednn.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.memory.Device;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Slice;
import org.roundel.onednn.program.ProgramBuilder;

/**
 * The weights of one operation, and its bias if it has one. In the net's flat arrays they lie
 * densely; a kernel may want them in a layout of its own, and writes their gradient in one.
 *
 * @param name the operation's name
 * @param slice where the weights lie
 * @param bias where the bias lies, null for none
 * @param sizes [outputs, inputs] or [outputs, inputs, height, width]
 */
public record Weights(String name, Slice slice, @Nullable Slice bias, List<Long> sizes) {
  /** Describes them in a layout that the kernel may choose. */
  public memory.desc any() {
    return Device.describe(memory.format_tag.any, array());
  }

  /** Describes the bias; an empty description if there is none. */
  public memory.desc biasDescriptor() {
    return bias == null ? new memory.desc() : Device.describe(memory.format_tag.a, bias.length());
  }

  private memory.desc flat() {
    return Device.describe(
        sizes.size() == 2 ? memory.format_tag.ab : memory.format_tag.abcd, array());
  }

  private long[] array() {
    return sizes.stream().mapToLong(Long::longValue).toArray();
  }

  /** Returns the weights as they lie in the flat array. */
  public Tensor values(ProgramBuilder program) {
    return program.value(slice, flat());
  }

  /** Adds the weights, in a kernel's layout, to the arguments of a primitive. */
  public void read(ProgramBuilder program, memory.desc layout, Map<Integer, Tensor> arguments) {
    arguments.put(
        DNNL_ARG_WEIGHTS, program.weights(slice, values(program), layout, name + " weights"));
  }

  /** Adds the bias, if there is one, to the arguments of a primitive. */
  public void readBias(ProgramBuilder program, Map<Integer, Tensor> arguments) {
    if (bias != null) {
      arguments.put(DNNL_ARG_BIAS, program.value(bias, biasDescriptor()));
    }
  }

  /** Returns the numbers of the bias, zeros if there is none. */
  float[] biases(ProgramBuilder program) {
    float[] numbers = new float[Math.toIntExact(sizes.get(0))];
    if (bias != null) {
      program.value(bias, biasDescriptor()).floats().get(0, numbers);
    }
    return numbers;
  }

  /** Returns the weights' gradient as it lies in the flat array. */
  public Tensor gradient(ProgramBuilder program) {
    return program.gradient(slice, flat());
  }
}
