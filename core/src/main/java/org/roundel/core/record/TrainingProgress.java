package org.roundel.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.evaluation.ErrorSum;
import org.roundel.core.event.BestError;
import org.roundel.core.net.ParameterProgress;
import org.roundel.core.run.JsonFieldException;
import org.roundel.core.run.JsonFields;

/**
 * How far a run has got, as a checkpoint's state file holds it.
 *
 * @param state where it stands
 * @param historyLength how many bytes of the history file belong to the run up to here
 * @param quantized what is kept of each quantized parameter beside its arrays, by name
 */
public record TrainingProgress(
    RunState state, long historyLength, Map<String, ParameterProgress> quantized) {
  private static final double NANOS = 1e9;

  private static final int MOST_EPOCH = 100_001;

  /** Thirty years, which a long can hold as nanoseconds. */
  private static final double MOST_SECONDS = 1e9;

  /** Far beyond any run, and far from what a long cannot count on from. */
  private static final long MOST = 1_000_000_000_000_000_000L;

  /** Writes the fields. */
  void writeTo(ObjectNode file) {
    BestError best = state.best();
    file.put("epoch", state.epoch());
    file.put("stepInEpoch", state.stepInEpoch());
    file.put("step", state.stepsDone());
    file.put("lossSum", state.errors().lossSum());
    file.put("wrong", state.errors().wrong());
    file.put("images", state.errors().images());
    file.put("seconds", state.nanos() / NANOS);
    file.put("learningRate", state.learningRate());
    file.put("bestError", Double.isNaN(best.error()) ? null : (Double) best.error());
    file.put("bestEpoch", best.epoch());
    file.put("historyLength", historyLength);
    ObjectNode parameters = file.putObject("quantized");
    quantized.forEach(
        (name, kept) ->
            parameters
                .putObject(name)
                .put("moves", kept.moves())
                .put("roundingError", kept.roundingError()));
  }

  /**
   * Reads what {@link #writeTo} has written.
   *
   * @throws JsonFieldException if a field is not what a run writes
   */
  static TrainingProgress read(JsonNode file) throws JsonFieldException {
    JsonFields fields = JsonFields.of(file);
    int epoch = fields.integer("epoch", 1, MOST_EPOCH);
    long images = fields.wholeNumber("images", 0, MOST);
    Map<String, ParameterProgress> quantized = new TreeMap<>();
    for (Map.Entry<String, JsonFields> parameter :
        fields.object("quantized").allObjects().entrySet()) {
      JsonFields kept = parameter.getValue();
      quantized.put(
          parameter.getKey(),
          new ParameterProgress(
              kept.wholeNumber("moves", 0, MOST), kept.measured("roundingError")));
    }
    boolean anyBest = !fields.isNull("bestError");
    int stepInEpoch = fields.integer("stepInEpoch", 0, Integer.MAX_VALUE);
    long stepsDone = fields.wholeNumber("step", 0, CheckpointStore.MAX_STEP);
    ErrorSum errors =
        new ErrorSum(fields.measured("lossSum"), fields.wholeNumber("wrong", 0, images), images);
    long nanos = (long) (fields.real("seconds", 0, MOST_SECONDS) * NANOS);
    double learningRate = fields.real("learningRate", 0, Double.MAX_VALUE);
    BestError best =
        new BestError(
            anyBest ? fields.real("bestError", 0, 1) : Double.NaN,
            fields.integer("bestEpoch", anyBest ? 1 : 0, anyBest ? epoch - 1 : 0));
    long historyLength = fields.wholeNumber("historyLength", 0, MOST);
    RunPosition position = new RunPosition(epoch, stepsDone);
    return new TrainingProgress(
        new RunState(position, stepInEpoch, learningRate, errors, nanos, best),
        historyLength,
        quantized);
  }
}
