package org.roundel.winograd;

import java.nio.FloatBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A pass that makes images of images: forward, or back to the gradient of the input. The result
 * does not depend on the number of threads.
 */
public final class ImagePass {
  private static final int LANES = Lanes.COUNT;
  private static final int PANEL = Lanes.PANEL;
  private static final int SIZE = Tiles.SIZE;
  private static final int SEEN = Tiles.SEEN;

  private final Images target;
  private final Workspace workspace;
  private final Tiles tiles;
  private final TileBlocks blocks;
  private final WeightsTransform spectrum;
  private final Team.Task transformWeights = this::transformWeights;
  private final Team.Task computeBlocks = this::computeBlocks;
  private final AtomicInteger next = new AtomicInteger();

  // Of the run that is going on.
  private FloatBuffer weights = FloatBuffer.allocate(0);
  private FloatBuffer from = weights;
  private FloatBuffer to = weights;

  /**
   * Plans a pass.
   *
   * @param source what it reads; numbers of channels are multiples of two vectors
   * @param target what it makes, of the same batch, height and width
   * @param loading what is done to the source as it is loaded
   * @param back whether it goes back: from gradients of the output to those of the input
   */
  public ImagePass(
      Images source, Images target, Loading loading, boolean back, Workspace workspace) {
    this.target = target;
    this.workspace = workspace;
    this.tiles =
        Tiles.forImages(
            target, Math.min(source.channels(), target.channels()), workspace.threads());
    this.blocks = new TileBlocks(source, target, loading, tiles);
    this.spectrum = new WeightsTransform(source.channels(), target.channels(), back);
    workspace.need(blocks.sizes(spectrum.scratchSize(), spectrum.size()));
  }

  /**
   * Runs it.
   *
   * @param newWeights [outputs, inputs, 3, 3], read
   * @param newSource read
   * @param newTarget written
   */
  public void run(FloatBuffer newWeights, FloatBuffer newSource, FloatBuffer newTarget) {
    weights = newWeights;
    from = newSource;
    to = newTarget;
    Team team = workspace.team();
    int threads = workspace.threads();
    next.set(0);
    team.run(Math.min(threads, spectrum.panels()), transformWeights);
    next.set(0);
    team.run(Math.min(threads, tiles.blocks()), computeBlocks);
  }

  private void transformWeights(int thread) {
    float[] scratch = workspace.scratch(thread).weights;
    for (int panel = next.getAndIncrement();
        panel < spectrum.panels();
        panel = next.getAndIncrement()) {
      spectrum.panel(weights, panel, scratch, workspace.shared());
    }
  }

  private void computeBlocks(int thread) {
    Workspace.Scratch scratch = workspace.scratch(thread);
    blocks.clearMargins(scratch);
    for (int block = next.getAndIncrement();
        block < tiles.blocks();
        block = next.getAndIncrement()) {
      compute(scratch, block * tiles.rowsInBlock());
    }
  }

  private void compute(Workspace.Scratch scratch, int first) {
    int rows = blocks.rows(first);
    blocks.load(from, scratch, first);
    blocks.multiply(
        scratch, workspace.shared(), rows * tiles.across(), 0, target.channels() / PANEL);
    for (int row = 0; row < rows; row++) {
      output(scratch, first + row, row * tiles.across());
    }
  }

  private void output(Workspace.Scratch scratch, int row, int tile) {
    int across = tiles.across();
    int pixels = across * SIZE;
    int pixel = target.block();
    for (int channel = 0; channel < target.channels(); channel += LANES) {
      blocks.down(scratch, tile, channel);
      int band = channel / pixel * SIZE * pixels * pixel + channel % pixel;
      for (int line = 0; line < SIZE; line++) {
        Transforms.output(
            scratch.rows,
            line * across * SEEN * LANES,
            LANES,
            SEEN * LANES,
            scratch.band,
            band + line * pixels * pixel,
            pixel,
            SIZE * pixel,
            across);
      }
    }
    int image = row / tiles.down();
    target.store(to, image, row % tiles.down() * SIZE, SIZE, pixels, scratch.band);
  }
}
