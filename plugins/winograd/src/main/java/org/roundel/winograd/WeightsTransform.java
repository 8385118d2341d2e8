package org.roundel.winograd;

import java.nio.FloatBuffer;

/**
 * Brings weights, [outputs, inputs, 3, 3], to the 36 places: [PLACES][made / PANEL, read, PANEL],
 * where a pass forward reads inputs and makes outputs, and one back the other way round, with the
 * weights turned by half a circle.
 */
final class WeightsTransform {
  private static final int PANEL = Lanes.PANEL;
  private static final int WEIGHTS = 9;

  private final int read;
  private final int made;
  private final boolean back;

  WeightsTransform(int read, int made, boolean back) {
    this.read = read;
    this.made = made;
    this.back = back;
  }

  int size() {
    return Tiles.PLACES * read * made;
  }

  int scratchSize() {
    return WEIGHTS * PANEL * read + (WEIGHTS + 3 * Tiles.SEEN) * PANEL;
  }

  int panels() {
    return made / PANEL;
  }

  /** Transforms what makes one panel of channels. */
  void panel(FloatBuffer weights, int panel, float[] scratch, float[] target) {
    if (back) {
      for (int channel = 0; channel < read; channel++) {
        weights.get(
            (channel * made + panel * PANEL) * WEIGHTS,
            scratch,
            channel * PANEL * WEIGHTS,
            PANEL * WEIGHTS);
      }
    } else {
      weights.get(panel * PANEL * read * WEIGHTS, scratch, 0, PANEL * read * WEIGHTS);
    }
    int square = WEIGHTS * PANEL * read;
    int half = square + WEIGHTS * PANEL;
    int place = made * read;
    for (int channel = 0; channel < read; channel++) {
      gather(scratch, channel, square);
      for (int lane = 0; lane < PANEL; lane += Lanes.COUNT) {
        // Down each of the three columns, then along each of the six rows.
        Transforms.weights(
            scratch, square + lane, 3 * PANEL, PANEL, scratch, half + lane, 3 * PANEL, PANEL, 3);
        Transforms.weights(
            scratch,
            half + lane,
            PANEL,
            3 * PANEL,
            target,
            (panel * read + channel) * PANEL + lane,
            place,
            Tiles.SEEN * place,
            Tiles.SEEN);
      }
    }
  }

  /** Puts the nine weights from one channel to a panel side by side: [3, 3, PANEL]. */
  private void gather(float[] scratch, int channel, int square) {
    for (int lane = 0; lane < PANEL; lane++) {
      int at = (back ? channel * PANEL + lane : lane * read + channel) * WEIGHTS;
      for (int weight = 0; weight < WEIGHTS; weight++) {
        int to = back ? WEIGHTS - 1 - weight : weight;
        scratch[square + to * PANEL + lane] = scratch[at + weight];
      }
    }
  }
}
