package org.roundel.onednn.operation;

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
import static org.roundel.onednn.operation.Requirements.requireLength;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.graph.InferenceCompiler;
import org.roundel.onednn.graph.Operation;
import org.roundel.onednn.graph.TrainingCompiler;
import org.roundel.onednn.memory.Device;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Slice;
import org.roundel.onednn.program.BatchInput;
import org.roundel.onednn.program.PostOperations;
import org.roundel.onednn.program.ProgramBuilder;

/**
 * Batch normalisation of each channel, (x − mean) / √(variance + ε) · scale + shift (Ioffe,
 * Szegedy, 2015). Training uses the batch's mean and biased variance, and moves the running ones;
 * it computes the plain rectifier behind it by the way. Inference uses the running ones.
 *
 * @param name its name
 * @param input an image or a row
 * @param affine scale and shift, null for 1 and 0
 * @param running the running statistics
 * @param epsilon ε
 */
public record BatchNormalization(
    String name, int input, @Nullable Affine affine, Running running, float epsilon)
    implements Operation {
  /**
   * What is trained.
   *
   * @param scale [channels]
   * @param shift [channels]
   */
  public record Affine(Slice scale, Slice shift) {}

  /**
   * Running statistics, which have no gradient: running ← decay · running + (1 − decay) · batch,
   * with the batch's unbiased variance.
   *
   * @param mean [channels]
   * @param variance [channels]
   * @param decay how much a step keeps of them, 0 to 1
   */
  public record Running(Slice mean, Slice variance, float decay) {}

  @Override
  public int[] inputs() {
    return new int[] {input};
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape in = inputs.get(0);
    if (affine != null) {
      requireLength(affine.scale(), in.channels());
      requireLength(affine.shift(), in.channels());
    }
    requireLength(running.mean(), in.channels());
    requireLength(running.variance(), in.channels());
    return in;
  }

  @Override
  public boolean trained() {
    return affine != null;
  }

  private int flags() {
    return affine == null ? 0 : dnnl.dnnl_use_scale | dnnl.dnnl_use_shift;
  }

  private static Tensor read(ProgramBuilder program, Slice slice) {
    return program.value(slice, Device.vector(slice.length()));
  }

  private static Tensor write(ProgramBuilder program, Slice slice) {
    return program.gradient(slice, Device.vector(slice.length()));
  }

  private batch_normalization_forward.primitive_desc describe(
      ProgramBuilder program, int kind, int flags, Tensor source, Tensor target) {
    return new batch_normalization_forward.primitive_desc(
        program.device().cpu(),
        kind,
        source.descriptor(),
        target.descriptor(),
        epsilon,
        flags,
        Device.attributes(),
        false);
  }

  private void forward(
      ProgramBuilder program,
      batch_normalization_forward.primitive_desc description,
      Map<Integer, Tensor> arguments) {
    if (affine != null) {
      arguments.put(DNNL_ARG_SCALE, read(program, affine.scale()));
      arguments.put(DNNL_ARG_SHIFT, read(program, affine.shift()));
    }
    program.execute(
        name + " forward", description, new batch_normalization_forward(description), arguments);
  }

  @Override
  public void train(int value, TrainingCompiler net) {
    ProgramBuilder program = net.program();
    Tensor source = net.output(input);
    Tensor target = net.allocate(value);
    net.define(value, target);
    int rectifier = net.rectifier(value);
    boolean rectified = rectifier > 0;
    if (rectified) {
      net.define(rectifier, target);
      net.keep(rectifier);
    }
    int flags = rectified ? flags() | dnnl.dnnl_fuse_norm_relu : flags();
    batch_normalization_forward.primitive_desc description =
        describe(program, dnnl.dnnl_forward_training, flags, source, target);
    memory.desc channels = Device.vector(net.shape(value).channels());
    Map<Integer, Tensor> known = new HashMap<>();
    known.put(DNNL_ARG_MEAN, program.allocate(channels));
    known.put(DNNL_ARG_VARIANCE, program.allocate(channels));
    if (rectified) {
      // Which numbers the rectifier let through.
      known.put(DNNL_ARG_WORKSPACE, program.allocate(description.workspace_desc()));
    }
    known.put(DNNL_ARG_SRC, source);
    Map<Integer, Tensor> arguments = new HashMap<>(known);
    arguments.put(DNNL_ARG_DST, target);
    forward(program, description, arguments);
    follow(value, net, known.get(DNNL_ARG_MEAN), known.get(DNNL_ARG_VARIANCE));
    net.backward(
        value,
        () ->
            backward(net, description, flags, known, net.gradient(rectified ? rectifier : value)));
  }

  /** Adds the step that moves the running statistics. */
  private void follow(int value, TrainingCompiler net, Tensor mean, Tensor variance) {
    ProgramBuilder program = net.program();
    Shape shape = net.shape(value);
    long pixels = shape.height() * shape.width();
    RunningStatistics statistics =
        new RunningStatistics(
            read(program, running.mean()),
            read(program, running.variance()),
            mean,
            variance,
            net.batch() * pixels);
    BatchInput batch = net.input();
    program.compute(
        name + " statistics",
        () -> {
          if (batch.estimates()) {
            statistics.pool(batch.imagesBefore() * pixels);
          } else {
            statistics.follow(running.decay());
          }
        },
        mean,
        variance);
  }

  /**
   * Adds the backward step.
   *
   * @param known input, statistics and workspace, by oneDNN's argument number
   * @param gradient of the output, the rectifier included
   */
  private void backward(
      TrainingCompiler net,
      batch_normalization_forward.primitive_desc forward,
      int flags,
      Map<Integer, Tensor> known,
      Tensor gradient) {
    ProgramBuilder program = net.program();
    memory.desc source = net.output(input).descriptor();
    Tensor result = net.over(gradient, source);
    batch_normalization_backward.primitive_desc description =
        new batch_normalization_backward.primitive_desc(
            program.device().cpu(),
            affine == null ? dnnl.dnnl_backward_data : dnnl.dnnl_backward,
            result.descriptor(),
            gradient.descriptor(),
            source,
            epsilon,
            flags,
            forward,
            Device.attributes(),
            false);
    Map<Integer, Tensor> arguments = new HashMap<>(known);
    arguments.put(DNNL_ARG_DIFF_DST, gradient);
    arguments.put(DNNL_ARG_DIFF_SRC, result);
    if (affine != null) {
      // oneDNN refuses arguments that it has no use for, as the shift would be.
      arguments.put(DNNL_ARG_SCALE, read(program, affine.scale()));
      arguments.put(DNNL_ARG_DIFF_SCALE, write(program, affine.scale()));
      arguments.put(DNNL_ARG_DIFF_SHIFT, write(program, affine.shift()));
    }
    program.execute(
        name + " backward", description, new batch_normalization_backward(description), arguments);
    if (net.trains(input)) {
      net.contribute(input, result);
    }
  }

  @Override
  public void infer(int value, InferenceCompiler net) {
    ProgramBuilder program = net.program();
    Tensor source = net.output(input);
    Tensor target = net.allocate(value);
    Map<Integer, Tensor> arguments = new HashMap<>();
    arguments.put(DNNL_ARG_SRC, source);
    arguments.put(DNNL_ARG_DST, target);
    arguments.put(DNNL_ARG_MEAN, read(program, running.mean()));
    arguments.put(DNNL_ARG_VARIANCE, read(program, running.variance()));
    int flags = dnnl.dnnl_use_global_stats | flags();
    forward(
        program, describe(program, dnnl.dnnl_forward_inference, flags, source, target), arguments);
    net.define(value, target);
  }

  @Override
  public boolean join(int read, InferenceCompiler net, PostOperations after) {
    ProgramBuilder program = net.program();
    Shape shape = net.shape(input);
    memory.desc channels =
        shape.row()
            ? Device.describe(memory.format_tag.ab, 1, shape.channels())
            : Device.describe(memory.format_tag.abcd, 1, shape.channels(), 1, 1);
    Tensor factor = program.allocate(channels);
    Tensor offset = program.allocate(channels);
    Tensor mean = read(program, running.mean());
    Tensor variance = read(program, running.variance());
    Tensor scale = affine == null ? null : read(program, affine.scale());
    Tensor shift = affine == null ? null : read(program, affine.shift());
    program.compute(
        name + " scale and shift",
        () -> {
          FloatBuffer factors = factor.floats();
          for (int channel = 0; channel < factors.limit(); channel++) {
            double inverse = 1 / Math.sqrt((double) variance.floats().get(channel) + epsilon);
            double slope = scale == null ? inverse : scale.floats().get(channel) * inverse;
            double start = shift == null ? 0 : shift.floats().get(channel);
            factors.put(channel, (float) slope);
            offset.floats().put(channel, (float) (start - mean.floats().get(channel) * slope));
          }
        },
        factor,
        offset);
    after.binary(dnnl.dnnl_binary_mul, factor);
    after.binary(dnnl.dnnl_binary_add, offset);
    return true;
  }
}
