package org.roundel.onednn.operation;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;
import static org.roundel.onednn.operation.Requirements.requireFits;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;
import org.bytedeco.dnnl.primitive_attr;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.graph.InferenceCompiler;
import org.roundel.onednn.graph.Operation;
import org.roundel.onednn.graph.TrainingCompiler;
import org.roundel.onednn.memory.Device;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Window;
import org.roundel.onednn.program.Call;
import org.roundel.onednn.program.PostOperations;
import org.roundel.onednn.program.ProgramBuilder;

/**
 * Pooling of each channel.
 *
 * @param name its name
 * @param input an image
 * @param method how
 * @param window kernel, stride and padding
 */
public record Pooling(String name, int input, PoolingMethod method, Window window)
    implements Operation {
  @Override
  public String kind() {
    return method.kind();
  }

  @Override
  public int[] inputs() {
    return new int[] {input};
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape in = inputs.get(0);
    requireFits(window, in);
    return window.over(in, in.channels());
  }

  @Override
  public void train(int value, TrainingCompiler net) {
    Tensor target = net.allocate(value);
    net.define(value, target);
    Trained forward = train(net.program(), net.output(input), target);
    net.backward(value, () -> backward(net, forward, net.gradient(value)));
  }

  /**
   * What the way back needs.
   *
   * @param winners where each maximum was found, null for means
   */
  record Trained(Tensor source, @Nullable Tensor winners) {}

  /** Adds the forward step of training. */
  Trained train(ProgramBuilder program, Tensor source, Tensor target) {
    Tensor winners =
        method == PoolingMethod.MAXIMUM
            ? program.allocate(inTraining(program, source, target).workspace_desc())
            : null;
    program.execute(
        name + " forward",
        program.cut(target.count()),
        images -> {
          Tensor read = images.of(source);
          Tensor made = images.of(target);
          pooling_forward.primitive_desc description = inTraining(program, read, made);
          Map<Integer, Tensor> arguments = new HashMap<>();
          arguments.put(DNNL_ARG_SRC, read);
          arguments.put(DNNL_ARG_DST, made);
          if (winners != null) {
            arguments.put(DNNL_ARG_WORKSPACE, images.of(winners));
          }
          return new Call(description, new pooling_forward(description), arguments);
        });
    return new Trained(source, winners);
  }

  private pooling_forward.primitive_desc inTraining(
      ProgramBuilder program, Tensor source, Tensor target) {
    return describe(program, dnnl.dnnl_forward_training, source, target, Device.attributes());
  }

  /** Adds the backward step, and gives the input its gradient. */
  void backward(TrainingCompiler net, Trained forward, Tensor gradient) {
    ProgramBuilder program = net.program();
    Tensor result = program.allocate(forward.source().descriptor());
    program.execute(
        name + " backward",
        program.cut(result.count()),
        images ->
            backward(
                program,
                images.of(gradient),
                images.of(result),
                forward.winners() == null ? null : images.of(forward.winners())));
    net.contribute(input, result);
  }

  private Call backward(
      ProgramBuilder program, Tensor gradient, Tensor result, @Nullable Tensor winners) {
    pooling_backward.primitive_desc description =
        new pooling_backward.primitive_desc(
            program.device().cpu(),
            method.algorithm(),
            result.descriptor(),
            gradient.descriptor(),
            window.strides(),
            window.kernel(),
            window.gaps(),
            window.before(),
            window.behind(),
            inTraining(program, result, gradient),
            Device.attributes(),
            false);
    Map<Integer, Tensor> arguments = new HashMap<>();
    arguments.put(DNNL_ARG_DIFF_DST, gradient);
    arguments.put(DNNL_ARG_DIFF_SRC, result);
    if (winners != null) {
      arguments.put(DNNL_ARG_WORKSPACE, winners);
    }
    return new Call(description, new pooling_backward(description), arguments);
  }

  private pooling_forward.primitive_desc describe(
      ProgramBuilder program, int kind, Tensor source, Tensor target, primitive_attr attributes) {
    return new pooling_forward.primitive_desc(
        program.device().cpu(),
        kind,
        method.algorithm(),
        source.descriptor(),
        target.descriptor(),
        window.strides(),
        window.kernel(),
        window.gaps(),
        window.before(),
        window.behind(),
        attributes,
        false);
  }

  @Override
  public void infer(int value, InferenceCompiler net) {
    InferenceCompiler.Fused fused = net.fuse(value, net.frozen() ? new PostOperations() : null);
    Tensor target = net.allocate(value);
    infer(net.program(), net.output(input), target, fused.after());
    net.define(fused, target);
  }

  /** Adds the step of inference. */
  void infer(ProgramBuilder program, Tensor source, Tensor target, PostOperations after) {
    program.execute(
        name + " forward",
        program.cut(target.count()),
        images -> {
          Tensor read = images.of(source);
          Tensor made = images.of(target);
          Map<Integer, Tensor> arguments = new HashMap<>();
          pooling_forward.primitive_desc description =
              describe(
                  program,
                  dnnl.dnnl_forward_inference,
                  read,
                  made,
                  after.attributes(images, arguments));
          arguments.put(DNNL_ARG_SRC, read);
          arguments.put(DNNL_ARG_DST, made);
          return new Call(description, new pooling_forward(description), arguments);
        });
  }
}
