package org.roundel.core.net;

import java.util.List;
import org.roundel.api.training.StateArray;

/** How much memory goes with the arrays that a quantizer or an optimizer keeps beside weights. */
public final class StateCopies {
  private StateCopies() {}

  /**
   * Returns how many numbers are kept for each weight.
   *
   * @param besideLearned how many more there are for each that is learned: its gradient, what the
   *     optimizer keeps for it
   */
  public static int of(List<StateArray> arrays, int besideLearned) {
    int copies = 0;
    for (StateArray array : arrays) {
      if (array.extent() == StateArray.Extent.WEIGHTS) {
        copies += array.learned() ? 1 + besideLearned : 1;
      }
    }
    return copies;
  }
}
