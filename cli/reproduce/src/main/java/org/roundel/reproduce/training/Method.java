package org.roundel.reproduce.training;

import java.util.Locale;
import org.roundel.report.chart.Palette;

/**
 * The five methods of Table 1 in Li et al. (2017), in the order of the errors that it reports, from
 * the lowest to the highest. All train with Adam.
 */
enum Method {
  /** Full precision. */
  ADAM("ADAM", "none", false, Palette.ADAM),
  /** BinaryConnect. */
  BINARY_CONNECT("BC-ADAM", "binary-connect", false, Palette.BINARY_CONNECT),
  /** Stochastic rounding with a large batch. */
  BIG_STOCHASTIC_ROUNDING(
      "Big SR-ADAM", "stochastic-rounding", true, Palette.BIG_STOCHASTIC_ROUNDING),
  /** Stochastic rounding. */
  STOCHASTIC_ROUNDING("SR-ADAM", "stochastic-rounding", false, Palette.STOCHASTIC_ROUNDING),
  /** Deterministic rounding. */
  DETERMINISTIC_ROUNDING("R-ADAM", "deterministic-rounding", false, Palette.DETERMINISTIC_ROUNDING);

  private final String label;
  private final String quantizer;
  private final boolean bigBatch;
  private final int color;

  Method(String label, String quantizer, boolean bigBatch, int color) {
    this.label = label;
    this.quantizer = quantizer;
    this.bigBatch = bigBatch;
    this.color = color;
  }

  /** Returns the paper's name. */
  String label() {
    return label;
  }

  String quantizer() {
    return quantizer;
  }

  int color() {
    return color;
  }

  int batchSize(Task task) {
    return bigBatch ? task.bigBatchSize() : task.batchSize();
  }

  /** Returns the method's name in file names: {@code bc-adam}. */
  String slug() {
    return label.toLowerCase(Locale.ROOT).replace(' ', '-');
  }
}
