package org.roundel.onednn.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.memory;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.program.ProgramBuilder;

/**
 * The gradients of one operation's weights and bias on their way to the flat array: those of each
 * part of the batch, in the kernel's layout. They are summed in the order of the parts.
 */
public final class WeightsGradients {
  private final ProgramBuilder program;
  private final Weights weights;
  private final Tensor flat;
  private final List<Tensor> parts = new ArrayList<>();
  private final List<Tensor> biases = new ArrayList<>();

  /** Begins without any. */
  public WeightsGradients(ProgramBuilder program, Weights weights) {
    this.program = program;
    this.weights = weights;
    this.flat = weights.gradient(program);
  }

  /**
   * Adds those of the next part to the arguments of the primitive that writes them.
   *
   * @param layout the kernel's layout of the weights' gradient
   */
  public void write(memory.desc layout, Map<Integer, Tensor> arguments) {
    boolean direct = parts.isEmpty() && ProgramBuilder.same(layout, flat.descriptor());
    Tensor part = direct ? flat : program.allocate(layout);
    parts.add(part);
    arguments.put(DNNL_ARG_DIFF_WEIGHTS, part);
    if (weights.bias() != null) {
      Tensor total = program.gradient(weights.bias(), weights.biasDescriptor());
      Tensor bias = biases.isEmpty() ? total : program.allocate(weights.biasDescriptor());
      biases.add(bias);
      arguments.put(DNNL_ARG_DIFF_BIAS, bias);
    }
  }

  /** Adds the steps that bring them to the flat array, as far as they are not written there. */
  public void store() {
    String name = weights.name() + " weights' gradient";
    if (!ProgramBuilder.same(parts.get(0).descriptor(), flat.descriptor())) {
      program.copyWeights(name, parts.get(0), flat);
    }
    for (Tensor part : parts.subList(1, parts.size())) {
      program.addWeights(name, part, flat);
    }
    for (int part = 1; part < biases.size(); part++) {
      program.addWeights(weights.name() + " bias' gradient", biases.get(part), biases.get(0));
    }
  }
}
