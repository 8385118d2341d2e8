package org.roundel.onednn.operation;

import static org.roundel.onednn.operation.Requirements.requireLength;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.graph.ChannelScale;
import org.roundel.onednn.graph.FrozenValues;
import org.roundel.onednn.graph.InferenceCompiler;
import org.roundel.onednn.graph.Operation;
import org.roundel.onednn.graph.TrainingCompiler;
import org.roundel.onednn.kernel.JavaNormalization;
import org.roundel.onednn.kernel.NormalizationKernel;
import org.roundel.onednn.kernel.NormalizedChannels;
import org.roundel.onednn.kernel.OneDnnNormalization;
import org.roundel.onednn.memory.Device;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Slice;
import org.roundel.onednn.program.BatchInput;
import org.roundel.onednn.program.PostOperations;
import org.roundel.onednn.program.ProgramBuilder;
import org.roundel.onednn.program.Source;
import org.roundel.winograd.Loading;

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
  public String kind() {
    return "batch-normalisation";
  }

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

  private static Tensor read(ProgramBuilder program, Slice slice) {
    return program.value(slice, Device.vector(slice.length()));
  }

  private static Tensor write(ProgramBuilder program, Slice slice) {
    return program.gradient(slice, Device.vector(slice.length()));
  }

  @Override
  public void train(int value, TrainingCompiler net) {
    ProgramBuilder program = net.program();
    int rectifier = net.rectifier(value);
    boolean rectified = rectifier > 0;
    Shape shape = net.shape(value);
    memory.desc channels = Device.vector(shape.channels());
    Tensor mean = program.allocate(channels);
    Tensor variance = program.allocate(channels);
    NormalizationKernel kernel =
        kernel(value, net, new NormalizedChannels(mean, variance, trained(program)), rectified);
    forward(value, rectifier, net, kernel);
    follow(value, net, mean, variance);
    net.backward(value, () -> backward(net, kernel, net.gradient(rectified ? rectifier : value)));
  }

  /** Adds the forward step; if the readers can, they normalise what they load. */
  private void forward(int value, int rectifier, TrainingCompiler net, NormalizationKernel kernel) {
    int result = rectifier > 0 ? rectifier : value;
    Tensor source = net.output(input);
    Loading loading = net.changedByReaders(result) ? kernel.measure(source) : null;
    if (loading != null) {
      net.define(value, source);
      net.define(result, new Source(source, loading));
      return;
    }
    Tensor target = net.allocate(value);
    net.define(value, target);
    net.define(result, target);
    if (result != value) {
      net.keep(result);
    }
    kernel.forward(source, target);
  }

  private NormalizationKernel kernel(
      int value, TrainingCompiler net, NormalizedChannels channels, boolean rectify) {
    Shape shape = net.shape(value);
    Layout layout = net.home(value);
    return JavaNormalization.chosen(net.batch(), shape, layout, net.wishes())
        ? new JavaNormalization(
            net.program(),
            name,
            channels,
            new JavaNormalization.Batch(net.output(input), shape, layout),
            rectify,
            epsilon)
        : new OneDnnNormalization(net.program(), name, channels, rectify, epsilon);
  }

  private NormalizedChannels.@Nullable Trained trained(ProgramBuilder program) {
    return affine == null
        ? null
        : new NormalizedChannels.Trained(
            read(program, affine.scale()),
            read(program, affine.shift()),
            write(program, affine.scale()),
            write(program, affine.shift()));
  }

  private void backward(TrainingCompiler net, NormalizationKernel kernel, Tensor gradient) {
    Tensor source = net.output(input);
    Tensor result = net.over(gradient, source.descriptor());
    kernel.backward(source, gradient, result);
    if (net.trains(input)) {
      net.contribute(input, result);
    }
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

  @Override
  public ChannelScale scale(FrozenValues values) {
    float[] mean = values.read(running.mean());
    float[] variance = values.read(running.variance());
    double[] scale = new double[mean.length];
    double[] shift = new double[mean.length];
    Arrays.fill(scale, 1);
    if (affine != null) {
      float[] slopes = values.read(affine.scale());
      float[] starts = values.read(affine.shift());
      Arrays.setAll(scale, channel -> slopes[channel]);
      Arrays.setAll(shift, channel -> starts[channel]);
    }
    for (int channel = 0; channel < scale.length; channel++) {
      scale[channel] /= Math.sqrt((double) variance[channel] + epsilon);
      shift[channel] -= mean[channel] * scale[channel];
    }
    return new ChannelScale(scale, shift);
  }

  @Override
  public Operation freeze(FrozenValues values, @Nullable ChannelScale after) {
    ChannelScale own = scale(values);
    return new ScaleAndShift(
        name,
        input,
        FrozenWeights.write(values, own.scale()),
        FrozenWeights.write(values, own.shift()));
  }

  @Override
  public void infer(int value, InferenceCompiler net) {
    ProgramBuilder program = net.program();
    Tensor source = net.output(input);
    Tensor target = net.allocate(value);
    NormalizedChannels channels =
        new NormalizedChannels(
            read(program, running.mean()), read(program, running.variance()), trained(program));
    new OneDnnNormalization(program, name, channels, false, epsilon).infer(source, target);
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
