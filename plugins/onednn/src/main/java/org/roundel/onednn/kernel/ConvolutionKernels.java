package org.roundel.onednn.kernel;

import org.roundel.onednn.memory.Device;
import org.roundel.onednn.net.ConvolutionMethod;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.net.Wishes;

/**
 * The kernels of a convolution's three passes. {@link #choose} is the one place where they are
 * chosen: another implementation of a pass is a class, and a rule here that says for which shapes
 * it is faster.
 *
 * @param forward the forward pass; its layout is that of the output and of its gradient, too
 * @param inputGradient the gradient of the input
 * @param weightsGradient the gradients of weights and bias
 */
public record ConvolutionKernels(
    ForwardKernel forward,
    InputGradientKernel inputGradient,
    WeightsGradientKernel weightsGradient) {
  /** The name in profiles of kernels that compute by Winograd's minimal filtering. */
  public static final String WINOGRAD = "winograd";

  /** Returns whether all kernels that read the input can do something to it as they load it. */
  public boolean changeWhatTheyLoad() {
    return forward.changesWhatItLoads() && weightsGradient.changesWhatItLoads();
  }

  /**
   * Returns the kernels for a convolution.
   *
   * @param wishes how to work where the numbers of channels allow it
   */
  public static ConvolutionKernels choose(ConvolutionShape shape, Wishes wishes) {
    if (Winograd.chosen(shape, wishes)) {
      Layout layout = Winograd.layout(wishes);
      return new ConvolutionKernels(
          new WinogradForward(shape, layout),
          new WinogradInputGradient(shape, layout),
          new WinogradWeightsGradient(shape, layout));
    }
    if (MatrixProduct.chosen(shape, wishes)) {
      return MatrixProduct.kernels(shape);
    }
    Layout wish = wishes.layout();
    long block = Device.block();
    long inputs = shape.in().channels();
    long outputs = shape.out().channels();
    boolean planes = shape.images() && inputs < block;
    boolean blocks = outputs % block == 0 && (planes || inputs % block == 0);
    if (!blocks || wish == Layout.CHANNELS_LAST) {
      return direct(shape, Layout.CHANNELS_LAST);
    }
    if (planes) {
      // Kernels for blocks read images of few channels as they are; the one for the weights knows
      // only three channels.
      Layout weights = inputs == 3 ? Layout.BLOCKED : Layout.CHANNELS_LAST;
      return new ConvolutionKernels(
          new OneDnnForward(shape, Layout.BLOCKED),
          new OneDnnInputGradient(shape, Layout.BLOCKED),
          new OneDnnWeightsGradient(shape, weights, false));
    }
    if (wish == Layout.BLOCKED) {
      return direct(shape, Layout.BLOCKED);
    }
    if (Math.min(inputs, outputs) >= 64
        && Math.max(inputs, outputs) >= 128
        && shape.in().height() <= 16) {
      // Measured, see docs/performance.md: here the kernels for channels last are faster, and the
      // matrix product beats both direct kernels for the weights.
      return new ConvolutionKernels(
          new OneDnnForward(shape, Layout.CHANNELS_LAST),
          new OneDnnInputGradient(shape, Layout.CHANNELS_LAST),
          new OneDnnWeightsGradient(shape, Layout.CHANNELS_LAST, true));
    }
    return direct(shape, Layout.BLOCKED);
  }

  /**
   * Returns the kernels for a convolution of a batch whose output lies in a layout, which is that
   * of {@link #choose(ConvolutionShape, Wishes)}.
   */
  public static ConvolutionKernels choose(
      ConvolutionShape shape, Wishes wishes, long batch, Layout home) {
    boolean countable =
        Winograd.countable(batch, shape.in())
            && Winograd.countable(batch, shape.out())
            && (!MatrixProduct.chosen(shape, wishes) || Columns.countable(batch, shape));
    return choose(shape, countable ? wishes : new Wishes(home, ConvolutionMethod.DIRECT));
  }

  /**
   * Returns the kernel for a convolution with weights that never change.
   *
   * @param batch how many images; the layout does not depend on it
   */
  public static ForwardKernel frozen(ConvolutionShape shape, Wishes wishes, long batch) {
    ConvolutionShape unbiased =
        new ConvolutionShape(shape.in(), shape.out(), shape.window(), shape.images(), false);
    if (Winograd.chosen(unbiased, wishes)
        && Winograd.countable(batch, shape.in())
        && Winograd.countable(batch, shape.out())) {
      return new WinogradInference(shape, Winograd.layout(wishes));
    }
    long block = Device.block();
    long inputs = shape.in().channels();
    boolean planes = shape.images() && inputs < block;
    boolean blocks = shape.out().channels() % block == 0 && (planes || inputs % block == 0);
    return new OneDnnForward(
        shape,
        blocks && wishes.layout() != Layout.CHANNELS_LAST ? Layout.BLOCKED : Layout.CHANNELS_LAST);
  }

  private static ConvolutionKernels direct(ConvolutionShape shape, Layout layout) {
    return new ConvolutionKernels(
        new OneDnnForward(shape, layout),
        new OneDnnInputGradient(shape, layout),
        new OneDnnWeightsGradient(shape, layout, false));
  }
}
