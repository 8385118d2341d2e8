package org.roundel.core.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The position of a run, as a checkpoint's state file holds it.
 *
 * @param format the version of this record
 * @param epoch the epoch being trained, counted from 1; one more than the run's epochs once it is
 *     finished
 * @param stepInEpoch updates made in this epoch; all of them if only its evaluation is missing
 * @param step updates made since the start of the run
 * @param lossSum the sum of the losses of this epoch's images
 * @param wrong misclassified images of this epoch
 * @param images images seen in this epoch
 * @param seconds time spent on this epoch's updates
 * @param learningRate the rate of the last update
 * @param bestError the lowest test error so far, null if there is none
 * @param bestEpoch its epoch, 0 if there is none
 * @param historyLength how many bytes of the history file belong to the run up to here
 * @param quantized what is kept of each quantized parameter beside its arrays, by name
 */
record TrainingProgress(
    @JsonProperty(required = true) int format,
    @JsonProperty(required = true) int epoch,
    @JsonProperty(required = true) int stepInEpoch,
    @JsonProperty(required = true) long step,
    double lossSum,
    long wrong,
    long images,
    double seconds,
    double learningRate,
    @Nullable Double bestError,
    int bestEpoch,
    long historyLength,
    Map<String, ParameterProgress> quantized) {
  /** The version that this program writes. */
  static final int FORMAT = 1;

  /**
   * What is kept of a quantized parameter beside its arrays.
   *
   * @param moves moves made since the start of training
   * @param roundingError what the last measured update's rounding did, see {@link LayerStatistics}
   */
  record ParameterProgress(long moves, double roundingError) {}
}
