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
   * Covers images for a pass that multiplies tiles by weights. Measured: the transformed tiles of a
   * block should stay in the processor's second cache; where there are many weights, reading those
   * counts more.
   *
   * @param channels the fewer of those that are read and made
   * @param threads that share the blocks; all get as many
   */
  static Tiles forImages(Images images, int channels, int threads) {
    Tiles tiles = over(images, fewTiles(images, channels) ? 64 : 32);
    int blocks = threads * Math.max(1, Math.round((float) tiles.blocks() / threads));
    return new Tiles(tiles.batch, tiles.down, tiles.across, (tiles.rows() + blocks - 1) / blocks);
  }

  /** Covers images by one block, whose channels are shared instead. */
  static Tiles inOneBlock(Images images) {
    return over(images, Integer.MAX_VALUE).whole();
  }

  private Tiles whole() {
    return new Tiles(batch, down, across, rows());
  }

  /**
   * Covers images for a pass that sums products of tiles; measured likewise, with the sums in the
   * place of the weights.
   */
  static Tiles forSums(Images images, int channels) {
    return over(images, fewTiles(images, channels) ? 256 : channels < 64 ? 96 : 64);
  }

  private static boolean fewTiles(Images images, int channels) {
    return channels >= 256 && images.height() <= 2 * SIZE;
  }

  private static Tiles over(Images images, int wanted) {
    int down = (images.height() + SIZE - 1) / SIZE;
    int across = (images.width() + SIZE - 1) / SIZE;
    return new Tiles(images.batch(), down, across, Math.max(1, wanted / across));
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
