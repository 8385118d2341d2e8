package org.roundel.onednn.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.memory.Device;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.program.Call;
import org.roundel.onednn.program.Cut;
import org.roundel.onednn.program.ProgramBuilder;

/** oneDNN's batch normalisation, for any shape. */
public final class OneDnnNormalization implements NormalizationKernel {
  private final ProgramBuilder program;
  private final String name;
  private final NormalizedChannels channels;
  private final int flags;
  private final float epsilon;
  private final Map<Integer, Tensor> known = new HashMap<>();
  private batch_normalization_forward.@Nullable primitive_desc description;

  /**
   * Makes it.
   *
   * @param rectify whether a rectifier follows
   */
  public OneDnnNormalization(
      ProgramBuilder program,
      String name,
      NormalizedChannels channels,
      boolean rectify,
      float epsilon) {
    this.program = program;
    this.name = name;
    this.channels = channels;
    int affine = channels.affine() == null ? 0 : dnnl.dnnl_use_scale | dnnl.dnnl_use_shift;
    this.flags = rectify ? affine | dnnl.dnnl_fuse_norm_relu : affine;
    this.epsilon = epsilon;
    known.put(DNNL_ARG_MEAN, channels.batchMean());
    known.put(DNNL_ARG_VARIANCE, channels.batchVariance());
  }

  @Override
  public void forward(Tensor source, Tensor target) {
    batch_normalization_forward.primitive_desc forward =
        describe(dnnl.dnnl_forward_training, flags, source, target);
    description = forward;
    if ((flags & dnnl.dnnl_fuse_norm_relu) != 0) {
      // Which numbers the rectifier let through.
      known.put(DNNL_ARG_WORKSPACE, program.allocate(forward.workspace_desc()));
    }
    program.execute(name + " forward", Cut.WHOLE, images -> call(forward, source, target));
  }

  /** Adds the step in inference, with mean and variance as they are. */
  public void infer(Tensor source, Tensor target) {
    int given = flags | dnnl.dnnl_use_global_stats;
    program.execute(
        name + " forward",
        program.cut(target.count()),
        images -> {
          Tensor read = images.of(source);
          Tensor made = images.of(target);
          return call(describe(dnnl.dnnl_forward_inference, given, read, made), read, made);
        });
  }

  private batch_normalization_forward.primitive_desc describe(
      int kind, int all, Tensor source, Tensor target) {
    return new batch_normalization_forward.primitive_desc(
        program.device().cpu(),
        kind,
        source.descriptor(),
        target.descriptor(),
        epsilon,
        all,
        Device.attributes(),
        false);
  }

  private Call call(
      batch_normalization_forward.primitive_desc forward, Tensor source, Tensor target) {
    Map<Integer, Tensor> arguments = new HashMap<>(known);
    arguments.put(DNNL_ARG_SRC, source);
    arguments.put(DNNL_ARG_DST, target);
    NormalizedChannels.Trained affine = channels.affine();
    if (affine != null) {
      arguments.put(DNNL_ARG_SCALE, affine.scale());
      arguments.put(DNNL_ARG_SHIFT, affine.shift());
    }
    return new Call(forward, new batch_normalization_forward(forward), arguments);
  }

  @Override
  public void backward(Tensor source, Tensor gradient, Tensor result) {
    NormalizedChannels.Trained affine = channels.affine();
    batch_normalization_backward.primitive_desc backward =
        new batch_normalization_backward.primitive_desc(
            program.device().cpu(),
            affine == null ? dnnl.dnnl_backward_data : dnnl.dnnl_backward,
            result.descriptor(),
            gradient.descriptor(),
            source.descriptor(),
            epsilon,
            flags,
            description,
            Device.attributes(),
            false);
    Map<Integer, Tensor> arguments = new HashMap<>(known);
    arguments.put(DNNL_ARG_SRC, source);
    arguments.put(DNNL_ARG_DIFF_DST, gradient);
    arguments.put(DNNL_ARG_DIFF_SRC, result);
    if (affine != null) {
      // oneDNN refuses arguments that it has no use for, as the shift would be.
      arguments.put(DNNL_ARG_SCALE, affine.scale());
      arguments.put(DNNL_ARG_DIFF_SCALE, affine.scaleGradient());
      arguments.put(DNNL_ARG_DIFF_SHIFT, affine.shiftGradient());
    }
    program.execute(
        name + " backward", backward, new batch_normalization_backward(backward), arguments);
  }
}
