package org.roundel.winograd;

import java.nio.FloatBuffer;
import java.util.Arrays;

/** Brings rows of tiles of images to the 36 places: [PLACES][channels / LANES, tiles, LANES]. */
final class InputTransform {
  private static final int LANES = Lanes.COUNT;
  private static final int SEEN = Tiles.SEEN;

  private final Images images;
  private final Loading loading;
  private final Tiles tiles;

  /** Numbers in a row of what is transformed down: the pixels that all tiles see. */
  private final int half;

  InputTransform(Images images, Loading loading, Tiles tiles) {
    this.images = images;
    this.loading = loading;
    this.tiles = tiles;
    this.half = (tiles.across() * Tiles.SIZE + 2) * LANES;
  }

  int bandSize() {
    return SEEN * images.width() * images.channels();
  }

  int halfSize() {
    return SEEN * half;
  }

  /** Clears the pixels that lie outside the images; before the first row of a pass. */
  void clearMargins(Workspace.Scratch scratch) {
    Arrays.fill(scratch.half, 0, halfSize(), 0);
  }

  /**
   * Transforms a row of tiles.
   *
   * @param row of all images
   * @param tile where it goes in the block
   */
  void row(FloatBuffer source, int row, Workspace.Scratch scratch, int tile) {
    int image = row / tiles.down();
    images.load(source, loading, image, row % tiles.down() * Tiles.SIZE - 1, SEEN, scratch.band);
    int pixel = images.block();
    int matrix = tiles.matrix(images.channels());
    for (int channel = 0; channel < images.channels(); channel += LANES) {
      Transforms.input(
          scratch.band,
          images.at(channel, SEEN),
          images.width() * pixel,
          pixel,
          scratch.half,
          LANES,
          half,
          LANES,
          images.width());
      for (int line = 0; line < SEEN; line++) {
        Transforms.input(
            scratch.half,
            line * half,
            LANES,
            Tiles.SIZE * LANES,
            scratch.inputs,
            line * SEEN * matrix + channel * tiles.inBlock() + tile * LANES,
            matrix,
            LANES,
            tiles.across());
      }
    }
  }
}
