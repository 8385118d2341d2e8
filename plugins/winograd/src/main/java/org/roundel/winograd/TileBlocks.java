package org.roundel.winograd;

import java.nio.FloatBuffer;

/**
 * What passes that make images of images have in common: a block of tiles is loaded, multiplied by
 * transformed weights, and transformed back.
 */
final class TileBlocks {
  private static final int LANES = Lanes.COUNT;
  private static final int PANEL = Lanes.PANEL;
  private static final int SIZE = Tiles.SIZE;
  private static final int SEEN = Tiles.SEEN;

  private final Images source;
  private final Images target;
  private final Tiles tiles;
  private final InputTransform input;

  TileBlocks(Images source, Images target, Loading loading, Tiles tiles) {
    this.source = source;
    this.target = target;
    this.tiles = tiles;
    this.input = new InputTransform(source, loading, tiles);
  }

  /**
   * Returns what a pass needs.
   *
   * @param weights numbers for some weights
   * @param shared numbers that all threads share
   */
  Workspace.Sizes sizes(int weights, int shared) {
    return new Workspace.Sizes(
        Math.max(input.bandSize(), SIZE * SIZE * tiles.across() * target.channels()),
        input.halfSize(),
        SIZE * SEEN * tiles.across() * LANES,
        tiles.matrices(source.channels()),
        tiles.matrices(target.channels()),
        weights,
        shared);
  }

  /** Clears the pixels that lie outside the images; before the first block of a pass. */
  void clearMargins(Workspace.Scratch scratch) {
    input.clearMargins(scratch);
  }

  /** Returns how many rows of tiles there are from one on, up to the end of its block. */
  int rows(int first) {
    return Math.min(tiles.rowsInBlock(), tiles.rows() - first);
  }

  /** Transforms the tiles of a block, whose first row is given. */
  void load(FloatBuffer from, Workspace.Scratch scratch, int first) {
    for (int row = 0; row < rows(first); row++) {
      input.row(from, first + row, scratch, row * tiles.across());
    }
  }

  /**
   * Multiplies them by transformed weights.
   *
   * @param spectrum the weights
   * @param count how many tiles
   * @param begin the first panel of output channels
   * @param end the one behind the last
   */
  void multiply(Workspace.Scratch scratch, float[] spectrum, int count, int begin, int end) {
    int read = source.channels();
    int made = target.channels();
    int stride = tiles.inBlock() * LANES;
    for (int place = 0; place < Tiles.PLACES; place++) {
      int left = place * tiles.matrix(read);
      int product = place * tiles.matrix(made);
      for (int panel = begin; panel < end; panel++) {
        int right = (place * (made / PANEL) + panel) * read * PANEL;
        for (int tile = 0; tile < count; tile += Lanes.ROWS) {
          Multiply.product(
              scratch.inputs,
              left + tile * LANES,
              stride,
              spectrum,
              right,
              scratch.outputs,
              product + (panel * tiles.inBlock() + tile) * PANEL,
              read);
        }
      }
    }
  }

  /** Transforms a row of tiles down its columns, for a vector of channels: to scratch.rows. */
  void down(Workspace.Scratch scratch, int tile, int channel) {
    int across = tiles.across();
    int matrix = tiles.matrix(target.channels());
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
  }
}
