package org.roundel.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.roundel.core.RoundelException;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.run.JsonFieldException;
import org.roundel.core.run.JsonFields;

/**
 * What a checkpoint's {@code state.json} holds: which run it is of, what that was to do, and where
 * it stands.
 *
 * @param run the run's name, as in its manifest
 * @param configuration in effect when the checkpoint was written
 * @param progress how far it had got
 */
public record CheckpointState(
    String run, RunConfiguration configuration, TrainingProgress progress) {
  private static final int FORMAT = 2;

  /**
   * Returns the state as it is written.
   *
   * @param configuration as JSON
   */
  static ObjectNode toJson(String run, ObjectNode configuration, TrainingProgress progress) {
    ObjectNode state = JsonNodeFactory.instance.objectNode();
    state.put("format", FORMAT);
    state.put("run", run);
    state.set("configuration", configuration);
    progress.writeTo(state);
    return state;
  }

  /**
   * Reads a state.
   *
   * @throws JsonFieldException if a field is not what a run writes
   */
  static CheckpointState read(JsonNode state) throws JsonFieldException {
    JsonFields fields = JsonFields.of(state);
    if (fields.integer("format", 0, Integer.MAX_VALUE) != FORMAT) {
      throw fields.fault("format", FORMAT + ", which this version of the program writes");
    }
    RunConfiguration configuration;
    try {
      configuration = RunConfiguration.of(fields.object("configuration").allTexts());
    } catch (RoundelException wrong) {
      throw new JsonFieldException("has a wrong configuration: " + wrong.getMessage());
    }
    return new CheckpointState(
        fields.text("run", 100), configuration, TrainingProgress.read(state));
  }

  /**
   * Checks a state before anybody works with it; a {@link org.roundel.core.checkpoint.StateCheck}.
   */
  static void check(String name, ObjectNode state) throws JsonFieldException {
    long step = read(state).progress().state().stepsDone();
    if (!name.equals(CheckpointStore.stepName(step))) {
      throw JsonFields.of(state).fault("step", "the step in the checkpoint's name, " + name);
    }
  }
}
