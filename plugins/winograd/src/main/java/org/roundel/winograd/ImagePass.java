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

  private final Images source;
  private final Images target;
  private final Workspace workspace;
  private final Tiles tiles;
  private final InputTransform input;
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
    this.source = source;
    this.target = target;
    this.workspace = workspace;
    this.tiles =
        Tiles.forImages(
            target, Math.min(source.channels(), target.channels()), workspace.threads());
    this.input = new InputTransform(source, loading, tiles);
    this.spectrum = new WeightsTransform(source.channels(), target.channels(), back);
    workspace.need(
        new Workspace.Sizes(
            Math.max(input.bandSize(), SIZE * SIZE * tiles.across() * target.channels()),
            input.halfSize(),
            SIZE * SEEN * tiles.across() * LANES,
            tiles.matrices(source.channels()),
            tiles.matrices(target.channels()),
            spectrum.scratchSize(),
            spectrum.size()));
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
    input.clearMargins(scratch);
    for (int block = next.getAndIncrement();
        block < tiles.blocks();
        block = next.getAndIncrement()) {
      compute(scratch, block * tiles.rowsInBlock());
    }
  }

  private void compute(Workspace.Scratch scratch, int first) {
    int rows = Math.min(tiles.rowsInBlock(), tiles.rows() - first);
    for (int row = 0; row < rows; row++) {
      input.row(from, first + row, scratch, row * tiles.across());
    }
    multiply(scratch, rows * tiles.across());
    for (int row = 0; row < rows; row++) {
      output(scratch, first + row, row * tiles.across());
    }
  }

  private void multiply(Workspace.Scratch scratch, int count) {
    int read = source.channels();
    int made = target.channels();
    int stride = tiles.inBlock() * LANES;
    for (int place = 0; place < Tiles.PLACES; place++) {
      int left = place * tiles.matrix(read);
      int product = place * tiles.matrix(made);
      for (int panel = 0; panel < made / PANEL; panel++) {
        int right = (place * (made / PANEL) + panel) * read * PANEL;
        for (int tile = 0; tile < count; tile += Lanes.ROWS) {
          Multiply.product(
              scratch.inputs,
              left + tile * LANES,
              stride,
              workspace.shared(),
              right,
              scratch.outputs,
              product + (panel * tiles.inBlock() + tile) * PANEL,
              read);
        }
      }
    }
  }

  private void output(Workspace.Scratch scratch, int row, int tile) {
    int across = tiles.across();
    int matrix = tiles.matrix(target.channels());
    int pixels = across * SIZE;
    int pixel = target.block();
    for (int channel = 0; channel < target.channels(); channel += LANES) {
      int at = (channel / PANEL * tiles.inBlock() + tile) * PANEL + channel % PANEL;
      for (int column = 0; column < SEEN; column++) {
        Transforms.output(
            scratch.outputs,
            at + column * matrix,
            SEEN * matrix,
            PANEL,
            scratch.rows,
            column * LANES,
            across * SEEN * LANES,
            SEEN * LANES,
            across);
      }
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
