package org.roundel.winograd;

import java.nio.FloatBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The pass forward with weights that never change. The result does not depend on the number of
 * threads.
 */
public final class InferencePass {
  private static final int LANES = Lanes.COUNT;
  private static final int PANEL = Lanes.PANEL;
  private static final int SIZE = Tiles.SIZE;
  private static final int SEEN = Tiles.SEEN;

  /** With as many tiles or fewer, threads share the output channels instead. */
  private static final int FEW_TILES = 64;

  private final Images target;
  private final FixedWeights weights;
  private final Finish finish;
  private final Workspace workspace;
  private final Tiles tiles;
  private final TileBlocks blocks;
  private final int shares;
  private final Team.Task computeBlocks = this::computeBlocks;
  private final AtomicInteger next = new AtomicInteger();

  // Of the run that is going on.
  private FloatBuffer from = FloatBuffer.allocate(0);
  private FloatBuffer other = from;
  private FloatBuffer to = from;

  /**
   * Plans a pass.
   *
   * @param source what it reads; numbers of channels are multiples of two vectors
   * @param target what it makes, of the same batch, height and width
   */
  public InferencePass(
      Images source, Images target, FixedWeights weights, Finish finish, Workspace workspace) {
    if (weights.inputs() != source.channels() || weights.outputs() != target.channels()) {
      throw new IllegalArgumentException("weights do not fit " + source + " and " + target);
    }
    this.target = target;
    this.weights = weights;
    this.finish = finish;
    this.workspace = workspace;
    int threads = workspace.threads();
    Tiles usual = Tiles.forImages(target, Math.min(source.channels(), target.channels()), threads);
    int panels = target.channels() / PANEL;
    boolean sharesChannels =
        usual.rows() * usual.across() <= FEW_TILES && target.block() <= PANEL && panels >= threads;
    this.tiles = sharesChannels ? Tiles.inOneBlock(target) : usual;
    this.shares = sharesChannels ? threads : 1;
    this.blocks = new TileBlocks(source, target, Loading.AS_THEY_ARE, tiles);
    workspace.need(blocks.sizes(0, 0));
  }

  /**
   * Runs it.
   *
   * @param newSource read
   * @param added read if the finish adds, of the target's form then; may be the target
   * @param newTarget written
   */
  public void run(FloatBuffer newSource, FloatBuffer added, FloatBuffer newTarget) {
    from = newSource;
    other = added;
    to = newTarget;
    next.set(0);
    workspace.team().run(Math.min(workspace.threads(), tiles.blocks() * shares), computeBlocks);
  }

  private void computeBlocks(int thread) {
    Workspace.Scratch scratch = workspace.scratch(thread);
    blocks.clearMargins(scratch);
    int parts = tiles.blocks() * shares;
    for (int part = next.getAndIncrement(); part < parts; part = next.getAndIncrement()) {
      compute(scratch, part / shares * tiles.rowsInBlock(), part % shares);
    }
  }

  private void compute(Workspace.Scratch scratch, int first, int share) {
    int panels = target.channels() / PANEL;
    int begin = panels * share / shares;
    int end = panels * (share + 1) / shares;
    int rows = blocks.rows(first);
    blocks.load(from, scratch, first);
    blocks.multiply(scratch, weights.spectrum(), rows * tiles.across(), begin, end);
    for (int row = 0; row < rows; row++) {
      output(scratch, first + row, row * tiles.across(), begin * PANEL, end * PANEL);
    }
  }

  private void output(Workspace.Scratch scratch, int row, int tile, int begin, int end) {
    int across = tiles.across();
    int pixels = across * SIZE;
    int pixel = target.block();
    int image = row / tiles.down();
    int line = row % tiles.down() * SIZE;
    if (finish.adds()) {
      target.fetch(other, image, line, SIZE, pixels, begin, end, scratch.band);
    }
    for (int channel = begin; channel < end; channel += LANES) {
      blocks.down(scratch, tile, channel);
      int at = channel / pixel * SIZE * pixels * pixel + channel % pixel;
      for (int k = 0; k < SIZE; k++) {
        finished(scratch, k * across * SEEN * LANES, at + k * pixels * pixel, pixel, channel);
      }
    }
    target.store(to, image, line, SIZE, pixels, begin, end, scratch.band);
  }

  /** Transforms a line of outputs along its rows. */
  private void finished(Workspace.Scratch scratch, int from, int at, int pixel, int channel) {
    if (finish.adds()) {
      FinishedOutput.added(
          scratch.rows,
          from,
          LANES,
          SEEN * LANES,
          scratch.band,
          at,
          pixel,
          SIZE * pixel,
          tiles.across(),
          finish,
          channel);
    } else {
      FinishedOutput.biased(
          scratch.rows,
          from,
          LANES,
          SEEN * LANES,
          scratch.band,
          at,
          pixel,
          SIZE * pixel,
          tiles.across(),
          finish,
          channel);
    }
  }
}
