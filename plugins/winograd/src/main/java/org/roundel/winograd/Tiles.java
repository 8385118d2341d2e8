package org.roundel.winograd;

/**
 * The tiles of 4×4 pixels that cover a batch of images; the last ones of a row and of a column may
 * reach beyond it. They are computed a block at a time, which is some rows of tiles.
 *
 * @param batch images
 * @param down rows of tiles of an image
 * @param across tiles in a row
 * @param rowsInBlock rows of tiles in a block
 */
record Tiles(int batch, int down, int across, int rowsInBlock) {
  static final int SIZE = 4;

  /** Numbers of a tile's side with what is seen around it. */
  static final int SEEN = SIZE + 2;

  /** Places of a transformed tile. */
  static final int PLACES = SEEN * SEEN;

  /**
   * Between the matrices of two places, so that they do not meet in the same lines of the cache.
   */
  private static final int GAP = 16;

  /**
   * Covers images.
   *
   * @param inputs channels that are read
   * @param outputs channels that are made
   */
  static Tiles over(Images images, int inputs, int outputs) {
    int down = (images.height() + SIZE - 1) / SIZE;
    int across = (images.width() + SIZE - 1) / SIZE;
    return new Tiles(
        images.batch(), down, across, Math.max(1, wanted(inputs, outputs, down) / across));
  }

  /**
   * Returns how many tiles a block should have. Measured: the transformed tiles should stay in the
   * processor's second cache; where there are many weights, reading those counts more.
   */
  private static int wanted(int inputs, int outputs, int down) {
    int channels = Math.min(inputs, outputs);
    if (channels < 64) {
      return 96;
    }
    return channels >= 256 && down <= 2 ? 192 : 48;
  }

  /** Returns how many rows of tiles there are. */
  int rows() {
    return batch * down;
  }

  /** Returns how many blocks there are. */
  int blocks() {
    return (rows() + rowsInBlock - 1) / rowsInBlock;
  }

  /** Returns how many tiles a block has room for. */
  int inBlock() {
    return (rowsInBlock * across + Lanes.ROWS - 1) / Lanes.ROWS * Lanes.ROWS;
  }

  /** Returns how many numbers lie from one place's matrix to the next, in a block. */
  int matrix(int channels) {
    return inBlock() * channels + GAP;
  }

  /** Returns how many numbers all matrices of a block have. */
  int matrices(int channels) {
    return PLACES * matrix(channels);
  }
}
