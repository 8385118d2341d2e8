package org.roundel.cli.compare;

import org.roundel.api.model.ParameterRole;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.LayerStatistics;

/** The share of a net's weights whose sign differs from the start of training. */
final class Flips {
  private Flips() {}

  /**
   * Returns the share over all quantized layers of a role, or over all layers of it where none is
   * quantized.
   *
   * @return in [0, 1]; NaN if there is no such layer. Every weight counts the same; in an older
   *     history, which does not tell how many weights a layer has, every layer does
   */
  static double share(EpochCompleted epoch, ParameterRole role) {
    double quantized = share(epoch, role, true);
    return Double.isNaN(quantized) ? share(epoch, role, false) : quantized;
  }

  private static double share(EpochCompleted epoch, ParameterRole role, boolean quantizedOnly) {
    boolean counted = knowsCounts(epoch);
    double sum = 0;
    double total = 0;
    for (LayerStatistics layer : epoch.layers()) {
      if (layer.role() == role && (layer.quantized() || !quantizedOnly)) {
        double weight = counted ? layer.weights() : 1;
        sum += weight * layer.changedSinceStart();
        total += weight;
      }
    }
    return sum / total;
  }

  /** Returns whether the history tells how many weights each layer has. */
  static boolean knowsCounts(EpochCompleted epoch) {
    for (LayerStatistics layer : epoch.layers()) {
      if (layer.weights() == 0) {
        return false;
      }
    }
    return true;
  }
}
