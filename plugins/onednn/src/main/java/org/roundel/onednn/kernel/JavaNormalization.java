package org.roundel.onednn.kernel;

import org.roundel.onednn.memory.Device;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.ConvolutionMethod;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Wishes;
import org.roundel.onednn.program.Program;
import org.roundel.onednn.program.ProgramBuilder;
import org.roundel.winograd.Loading;
import org.roundel.winograd.Normalization;
import org.roundel.winograd.VectorSupport;

/**
 * Batch normalisation of images in training, in Java. oneDNN's threads wait for each other in a
 * loop, which more than doubles a step's time where somebody else uses a processor; and they would
 * have to be woken for it, as it cannot be cut by images.
 */
public final class JavaNormalization implements NormalizationKernel {
  private final ProgramBuilder program;
  private final String name;
  private final NormalizedChannels channels;
  private final Normalization pass;

  /**
   * Makes it for the images of a value.
   *
   * @param images the input
   * @param rectify whether a rectifier follows
   */
  public JavaNormalization(
      ProgramBuilder program,
      String name,
      NormalizedChannels channels,
      Batch images,
      boolean rectify,
      float epsilon) {
    this.program = program;
    this.name = name;
    this.channels = channels;
    this.pass =
        new Normalization(
            Winograd.images(images.tensor(), images.shape(), images.layout()),
            rectify,
            epsilon,
            program.workspace());
  }

  /** A batch of images and how it lies in memory. */
  public record Batch(Tensor tensor, Shape shape, Layout layout) {}

  /** Returns whether it normalises images. */
  public static boolean chosen(long batch, Shape shape, Layout layout, Wishes wishes) {
    if (wishes.convolution() == ConvolutionMethod.DIRECT
        || VectorSupport.problem() != null
        || shape.row()
        || !Winograd.countable(batch, shape)) {
      return false;
    }
    return layout == Layout.BLOCKED
        ? Device.block() % VectorSupport.lanes() == 0
        : shape.channels() % VectorSupport.lanes() == 0;
  }

  @Override
  public void forward(Tensor source, Tensor target) {
    program.compute(
        name + " forward",
        Program.VECTORS,
        () -> {
          pass.measure(source.floats(), channels);
          pass.normalize(source.floats(), target.floats());
        },
        source,
        target,
        channels.batchMean(),
        channels.batchVariance());
  }

  @Override
  public Loading measure(Tensor source) {
    program.compute(
        name + " forward",
        Program.VECTORS,
        () -> pass.measure(source.floats(), channels),
        source,
        channels.batchMean(),
        channels.batchVariance());
    return pass.loading();
  }

  @Override
  public void backward(Tensor source, Tensor gradient, Tensor result) {
    program.compute(
        name + " backward",
        Program.VECTORS,
        () -> pass.backward(source.floats(), gradient.floats(), result.floats(), channels),
        source,
        gradient,
        result,
        channels.batchMean(),
        channels.batchVariance());
  }
}
