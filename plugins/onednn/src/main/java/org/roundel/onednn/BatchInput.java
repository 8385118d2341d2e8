package org.roundel.onednn;

/** What the Java steps of a program read and write beside arrays. */
final class BatchInput {
  private int[] labels = new int[0];
  private NoiseSource noise =
      (stream, numbers) -> {
        throw new IllegalStateException("no noise was given");
      };
  private Loss.Outcome outcome = new Loss.Outcome(Double.NaN, 0);

  void set(int[] nextLabels, NoiseSource nextNoise) {
    labels = nextLabels;
    noise = nextNoise;
  }

  int[] labels() {
    return labels;
  }

  NoiseSource noise() {
    return noise;
  }

  void record(Loss.Outcome result) {
    outcome = result;
  }

  Loss.Outcome outcome() {
    return outcome;
  }
}
