package org.roundel.onednn;

/** What the Java steps of a program read and write beside arrays. */
final class BatchInput {
  private static final long NONE = -1;

  private int[] labels = new int[0];
  private NoiseSource noise =
      (stream, numbers) -> {
        throw new IllegalStateException("no noise was given");
      };
  private long imagesBefore = NONE;
  private Loss.Outcome outcome = new Loss.Outcome(Double.NaN, 0);

  void set(int[] nextLabels, NoiseSource nextNoise) {
    labels = nextLabels;
    noise = nextNoise;
    imagesBefore = NONE;
  }

  /**
   * Sets what a forward pass reads that estimates running statistics.
   *
   * @param before how many images the statistics are of already
   */
  void setForEstimate(NoiseSource nextNoise, long before) {
    noise = nextNoise;
    imagesBefore = before;
  }

  /** Returns whether statistics are to be those of all images, not to follow the batch's. */
  boolean estimates() {
    return imagesBefore != NONE;
  }

  long imagesBefore() {
    return imagesBefore;
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
