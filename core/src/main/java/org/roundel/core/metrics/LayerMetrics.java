package org.roundel.core.metrics;

import java.util.List;
import java.util.Locale;
import org.roundel.core.event.LayerStatistics;
import org.roundel.core.metrics.KnownValues.Description;

/** What happens to the weights of each layer, as meters. */
final class LayerMetrics {
  private static final Description CHANGED =
      Description.of(
          "roundel.weights.changed.since.start",
          "Share of weights whose sign differs from the start");
  private static final Description CHANGED_IN_FIVE =
      Description.of(
          "roundel.weights.changed.in.five.epochs",
          "Share of weights whose sign differs from five epochs ago");
  private static final Description ERROR =
      Description.of(
          "roundel.quantization.error", "Root mean square of quantized minus unquantized weights");
  private static final Description GAP =
      Description.of("roundel.latent.gap", "Mean distance of quantized and latent weights");
  private static final Description MOVES =
      Description.of(
          "roundel.weights.moves",
          "Moves of weights from one quantized value to another since the start of training");

  private final KnownValues values;

  LayerMetrics(KnownValues values) {
    this.values = values;
  }

  void set(List<LayerStatistics> layers) {
    for (LayerStatistics layer : layers) {
      String[] tags = {
        "parameter", layer.parameter(), "role", layer.role().name().toLowerCase(Locale.ROOT)
      };
      values.set(CHANGED, layer.changedSinceStart(), tags);
      if (layer.changedInFiveEpochs() != null) {
        values.set(CHANGED_IN_FIVE, layer.changedInFiveEpochs(), tags);
      }
      if (layer.quantized()) {
        values.set(ERROR, layer.quantizationError(), tags);
        values.set(GAP, layer.latentGap(), tags);
        values.count(MOVES, (double) layer.moves(), tags);
      }
    }
  }
}
