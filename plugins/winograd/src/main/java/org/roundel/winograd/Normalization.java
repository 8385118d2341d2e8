package org.roundel.winograd;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation in training, (x − mean) / √(variance + ε) · scale + shift with the batch's
 * mean and biased variance (Ioffe, Szegedy, 2015), with the rectifier behind it if there is one.
 * Which numbers the rectifier let through is computed again on the way back.
 *
 * <p>Sums are of a piece of an image in float32, and of pieces in double precision, in an order
 * that depends on the sizes only: the number of threads changes nothing.
 */
public final class Normalization {
  private static final int LANES = Lanes.COUNT;

  private final Images images;
  private final boolean rectify;
  private final double epsilon;
  private final Workspace workspace;
  private final Pieces pieces;
  private final ChannelSums sums;
  private final Team.Task sumMoments;
  private final Team.Task normalize;
  private final Team.Task sumProducts;
  private final Team.Task goBack;

  // Of each channel.
  private final float[] mean;
  private final float[] factor;
  private final float[] shift;
  private final float[] slope;
  private final float[] offset;

  // Of the run that is going on.
  private FloatBuffer x = FloatBuffer.allocate(0);
  private FloatBuffer gradient = x;
  private FloatBuffer to = x;

  /**
   * Plans it.
   *
   * @param images the shape of input and output; channels in a block are a multiple of a vector
   * @param rectify whether a rectifier follows
   */
  public Normalization(Images images, boolean rectify, float epsilon, Workspace workspace) {
    this.images = images;
    this.rectify = rectify;
    this.epsilon = epsilon;
    this.workspace = workspace;
    this.pieces = new Pieces(images, workspace);
    this.sums = new ChannelSums(pieces.chunks(), images.channels());
    this.sumMoments = pieces.task(this::sumMoments);
    this.normalize = pieces.task(this::normalize);
    this.sumProducts = pieces.task(this::sumProducts);
    this.goBack = pieces.task(this::goBack);
    this.mean = new float[images.channels()];
    this.factor = new float[images.channels()];
    this.shift = new float[images.channels()];
    this.slope = new float[images.channels()];
    this.offset = new float[images.channels()];
    workspace.need(
        new Workspace.Sizes(pieces.size(), pieces.size(), 2 * images.block(), 0, 0, 0, 0));
  }

  /** What the layer has of each channel, [channels]. */
  public interface Channels {
    /** Returns the batch's mean. */
    FloatBuffer mean();

    /** Returns the batch's variance, biased. */
    FloatBuffer variance();

    /** Returns the scale, null for 1. */
    @Nullable FloatBuffer scale();

    /** Returns the shift, null for 0. */
    @Nullable FloatBuffer shift();

    /** Returns where the gradient of the scale goes, null if there is none. */
    @Nullable FloatBuffer scaleGradient();

    /** Returns where the gradient of the shift goes, null if there is none. */
    @Nullable FloatBuffer shiftGradient();
  }

  private double count() {
    return (double) images.batch() * images.height() * images.width();
  }

  /**
   * Computes mean and variance.
   *
   * @param input read
   * @param channels mean and variance are written, scale and shift read
   */
  public void measure(FloatBuffer input, Channels channels) {
    x = input;
    start();
    sums.clear();
    pieces.share(sumMoments);
    for (int channel = 0; channel < mean.length; channel++) {
      double distance = sums.first(channel) / count();
      double square = sums.second(channel) / count();
      channels.mean().put(channel, (float) (mean[channel] + distance));
      channels.variance().put(channel, (float) (square - distance * distance));
    }
    take(channels);
  }

  /**
   * Normalises what was last measured.
   *
   * @param input read
   * @param output written; may be the input
   */
  public void normalize(FloatBuffer input, FloatBuffer output) {
    x = input;
    to = output;
    pieces.share(normalize);
  }

  /**
   * Returns what normalises images as a pass loads them: as they were last measured, or gone back
   * through.
   */
  public Loading loading() {
    return this::change;
  }

  /**
   * Runs it back.
   *
   * @param input what was measured
   * @param outputGradient read
   * @param inputGradient written; may be the output's
   * @param channels as measuring left them; the gradients are written
   */
  public void backward(
      FloatBuffer input, FloatBuffer outputGradient, FloatBuffer inputGradient, Channels channels) {
    x = input;
    gradient = outputGradient;
    to = inputGradient;
    take(channels);
    sums.clear();
    pieces.share(sumProducts);
    FloatBuffer scaleGradient = channels.scaleGradient();
    FloatBuffer shiftGradient = channels.shiftGradient();
    for (int channel = 0; channel < mean.length; channel++) {
      double sum = sums.first(channel);
      double product = sums.second(channel);
      double square = 1 / (channels.variance().get(channel) + epsilon);
      if (scaleGradient != null) {
        scaleGradient.put(channel, (float) (product * Math.sqrt(square)));
      }
      if (shiftGradient != null) {
        shiftGradient.put(channel, (float) sum);
      }
      slope[channel] = (float) (-factor[channel] * square * product / count());
      offset[channel] = (float) (-factor[channel] * sum / count());
    }
    pieces.share(goBack);
  }

  /**
   * Sets what numbers are measured from, so that their squares' sum does not lose the variance
   * where the mean is large: the mean of the first image's first piece.
   */
  private void start() {
    float[] numbers = workspace.scratch(0).band;
    int block = images.block();
    int count = pieces.first();
    for (int part = 0; part < images.channels() / block; part++) {
      x.get(part * images.height() * images.width() * block, numbers, 0, count * block);
      for (int channel = 0; channel < block; channel += LANES) {
        ChannelLoops.sum(numbers, channel, block, count, mean, part * block + channel);
      }
    }
    for (int channel = 0; channel < mean.length; channel++) {
      mean[channel] /= count;
    }
  }

  private void take(Channels channels) {
    FloatBuffer scales = channels.scale();
    FloatBuffer shifts = channels.shift();
    for (int channel = 0; channel < mean.length; channel++) {
      double scale = scales == null ? 1 : scales.get(channel);
      mean[channel] = channels.mean().get(channel);
      factor[channel] = (float) (scale / Math.sqrt(channels.variance().get(channel) + epsilon));
      shift[channel] = shifts == null ? 0 : shifts.get(channel);
    }
  }

  private void sumMoments(Workspace.Scratch scratch, int chunk, int at, int count, int first) {
    int block = images.block();
    float[] numbers = scratch.band;
    x.get(at, numbers, 0, count * block);
    for (int channel = 0; channel < block; channel += LANES) {
      ChannelLoops.moments(
          numbers, channel, block, count, mean, first + channel, scratch.rows, channel, block);
    }
    sums.add(chunk, first, scratch.rows, block);
  }

  private void change(float[] numbers, int at, int pixels, int first, int block) {
    for (int channel = 0; channel < block; channel += LANES) {
      ChannelLoops.normalize(
          numbers, at + channel, block, pixels, mean, factor, shift, first + channel, rectify);
    }
  }

  private void normalize(Workspace.Scratch scratch, int chunk, int at, int count, int first) {
    int block = images.block();
    float[] numbers = scratch.band;
    x.get(at, numbers, 0, count * block);
    change(numbers, 0, count, first, block);
    to.put(at, numbers, 0, count * block);
  }

  private void load(Workspace.Scratch scratch, int at, int numbers) {
    x.get(at, scratch.band, 0, numbers);
    gradient.get(at, scratch.half, 0, numbers);
  }

  private void sumProducts(Workspace.Scratch scratch, int chunk, int at, int count, int first) {
    int block = images.block();
    float[] g = scratch.half;
    float[] numbers = scratch.band;
    float[] sum = scratch.rows;
    load(scratch, at, count * block);
    for (int channel = 0; channel < block; channel += LANES) {
      int c = first + channel;
      if (rectify) {
        ChannelLoops.rectifiedProducts(
            g, numbers, channel, block, count, mean, factor, shift, c, sum, channel, block);
      } else {
        ChannelLoops.products(g, numbers, channel, block, count, mean, c, sum, channel, block);
      }
    }
    sums.add(chunk, first, sum, block);
  }

  private void goBack(Workspace.Scratch scratch, int chunk, int at, int count, int first) {
    int block = images.block();
    float[] g = scratch.half;
    float[] numbers = scratch.band;
    load(scratch, at, count * block);
    for (int channel = 0; channel < block; channel += LANES) {
      int c = first + channel;
      if (rectify) {
        ChannelLoops.rectifiedBack(
            g, numbers, channel, block, count, mean, factor, shift, slope, offset, c);
      } else {
        ChannelLoops.back(g, numbers, channel, block, count, mean, factor, slope, offset, c);
      }
    }
    to.put(at, g, 0, count * block);
  }
}
