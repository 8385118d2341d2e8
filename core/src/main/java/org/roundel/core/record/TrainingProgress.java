package org.roundel.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.net.ParameterProgress;
import org.roundel.core.run.JsonFieldException;
import org.roundel.core.run.JsonFields;

/**
 * The position of a run, as a checkpoint's state file holds it.
 *
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
public record TrainingProgress(
    int epoch,
    int stepInEpoch,
    long step,
    double lossSum,
    long wrong,
    long images,
    double seconds,
    double learningRate,
    @Nullable Double bestError,
    int bestEpoch,
    long historyLength,
    Map<String, ParameterProgress> quantized) {
  private static final int MOST_EPOCH = 100_001;

  /** Thirty years, which a long can hold as nanoseconds. */
  private static final double MOST_SECONDS = 1e9;

  /** Far beyond any run, and far from what a long cannot count on from. */
  private static final long MOST = 1_000_000_000_000_000_000L;

  /**
   * Reads a position.
   *
   * @throws JsonFieldException if a field is not what a run writes
   */
  static TrainingProgress read(JsonNode state) throws JsonFieldException {
    JsonFields fields = JsonFields.of(state);
    int epoch = fields.integer("epoch", 1, MOST_EPOCH);
    long images = fields.whole("images", 0, MOST);
    Map<String, ParameterProgress> quantized = new TreeMap<>();
    for (Map.Entry<String, JsonFields> parameter :
        fields.object("quantized").allObjects().entrySet()) {
      JsonFields kept = parameter.getValue();
      quantized.put(
          parameter.getKey(),
          new ParameterProgress(kept.whole("moves", 0, MOST), kept.measured("roundingError")));
    }
    boolean anyBest = !fields.isNull("bestError");
    return new TrainingProgress(
        epoch,
        fields.integer("stepInEpoch", 0, Integer.MAX_VALUE),
        fields.whole("step", 0, CheckpointStore.MAX_STEP),
        fields.measured("lossSum"),
        fields.whole("wrong", 0, images),
        images,
        fields.real("seconds", 0, MOST_SECONDS),
        fields.real("learningRate", 0, Double.MAX_VALUE),
        anyBest ? fields.real("bestError", 0, 1) : null,
        fields.integer("bestEpoch", anyBest ? 1 : 0, anyBest ? epoch - 1 : 0),
        fields.whole("historyLength", 0, MOST),
        quantized);
  }

  public RunPosition position() {
    return new RunPosition(epoch, step);
  }

  /** Returns the fewest epochs that the run can still have: nothing that is done is undone. */
  int fewestEpochs() {
    return Math.max(1, stepInEpoch == 0 ? epoch - 1 : epoch);
  }
}
