package org.roundel.kit.quantizer;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerProperty;
import org.roundel.kit.probe.Numbers;
import org.roundel.kit.rule.RuleViolation;

/** What the weights must be that a {@link Quantizer} makes. */
final class QuantizedValueRules {
  private QuantizedValueRules() {}

  /** Checks that the weights that the net computes with are finite. */
  static void requireFinite(QuantizerCase given, Quantizer quantizer) {
    for (float[] netWeights : QuantizerRun.of(quantizer, given).netWeights()) {
      try {
        Numbers.requireFinite(netWeights, "the weights that the net computes with");
      } catch (RuleViolation violation) {
        throw violation.with(given.toString());
      }
    }
  }

  static void onGrid(QuantizerSubject subject) {
    Quantizer quantizer = subject.create();
    float[] levels = quantizer.levels();
    for (QuantizerCase given : QuantizerCase.finite(levels)) {
      requireFinite(given, quantizer);
      for (float[] netWeights : QuantizerRun.of(quantizer, given).netWeights()) {
        for (int index = 0; index < netWeights.length; index++) {
          requireLevel(levels, netWeights[index], index, given);
        }
      }
    }
  }

  private static void requireLevel(float[] levels, float weight, int index, QuantizerCase given) {
    if (levels.length > 0 && Arrays.binarySearch(levels, weight) < 0) {
      throw RuleViolation.of(
              weight + " at " + index + " of the weights that the net computes with",
              "one of the levels " + Numbers.text(levels))
          .with(given.toString());
    }
  }

  static void fewValues(QuantizerSubject subject) {
    Quantizer quantizer = subject.create();
    int most = quantizer.distinctValues();
    for (QuantizerCase given : QuantizerCase.finite(quantizer.levels())) {
      if (most == 0 || given.progress() < 1) {
        continue;
      }
      float[] shipped = QuantizerRun.of(quantizer, given).shipped();
      int channels = (int) given.shape()[0];
      int size = shipped.length / channels;
      for (int channel = 0; channel < channels; channel++) {
        Set<Float> values = new HashSet<>();
        for (int index = channel * size; index < (channel + 1) * size; index++) {
          // Turns −0 into 0, the same number.
          values.add(shipped[index] + 0f);
        }
        if (values.size() > most) {
          throw RuleViolation.of(
                  values.size() + " different values in output channel " + channel,
                  "at most " + most + ", which distinctValues() says")
              .with(given.toString());
        }
      }
    }
  }

  static void broken(QuantizerSubject subject) {
    Quantizer quantizer = subject.create();
    float[] levels = quantizer.levels();
    float[] weights = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0.5f};
    QuantizerCase given = QuantizerCase.of(weights, 4, 1);
    // Weights go wrong in the midst of training; the state arrays started from sound ones.
    float[] sound = {-0.5f, 0.25f, 0.75f, 0.5f};
    float[] result = QuantizerRun.of(quantizer, given, sound).quantized();
    if (!Float.isNaN(result[0])) {
      throw RuleViolation.of(result[0] + " from NaN", "NaN, so that divergence is seen")
          .with(given.toString());
    }
    for (int index = 1; index < result.length; index++) {
      requireLevel(levels, result[index], index, given);
    }
  }

  static void idempotent(QuantizerSubject subject) {
    Quantizer quantizer = subject.create();
    if (!quantizer.properties().contains(QuantizerProperty.IDEMPOTENT)) {
      return;
    }
    for (QuantizerCase given : QuantizerCase.finite(quantizer.levels())) {
      float[] once = QuantizerRun.of(quantizer, given).quantized();
      // In a later step, with other random numbers, and with the state arrays of the first time.
      QuantizerCase later =
          given.with(once).at(given.seed(), given.step() + 1, given.tensor()).at(given.progress());
      float[] twice = QuantizerRun.of(quantizer, later, given.weights()).quantized();
      int index = Arrays.mismatch(twice, once);
      if (index >= 0) {
        throw RuleViolation.of(
                "the quantized weight "
                    + once[index]
                    + " at "
                    + index
                    + " moved to "
                    + twice[index]
                    + " when quantized again",
                "no move, as the property IDEMPOTENT says")
            .with(given.toString());
      }
    }
  }
}
