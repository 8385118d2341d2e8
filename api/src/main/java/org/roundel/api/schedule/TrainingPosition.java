package org.roundel.api.schedule;

/**
 * The position of one update in a run.
 *
 * @param epoch the epoch, counted from 1
 * @param epochs how many epochs the run has
 * @param stepInEpoch updates of this epoch made before this one, counted from 0
 * @param stepsPerEpoch updates in one epoch
 */
public record TrainingPosition(int epoch, int epochs, int stepInEpoch, int stepsPerEpoch) {
  /** Checks the ranges. */
  public TrainingPosition {
    if (epoch < 1
        || epoch > epochs
        || stepInEpoch < 0
        || stepsPerEpoch < 1
        || stepInEpoch >= stepsPerEpoch) {
      throw new IllegalArgumentException(
          "no such position: epoch "
              + epoch
              + " of "
              + epochs
              + ", step "
              + stepInEpoch
              + " of "
              + stepsPerEpoch);
    }
  }

  /** Returns how many epochs lie behind this update, as a real number in [0, epochs). */
  public double epochsDone() {
    return epoch - 1 + (double) stepInEpoch / stepsPerEpoch;
  }
}
