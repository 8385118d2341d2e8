package org.roundel.core.record;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.roundel.core.event.BestError;
import org.roundel.core.event.BestTested;
import org.roundel.core.event.CheckpointStarted;
import org.roundel.core.event.CheckpointWritten;
import org.roundel.core.event.ClassResults;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.EvaluationCompleted;
import org.roundel.core.event.EvaluationStarted;
import org.roundel.core.event.Preparing;
import org.roundel.core.event.RunFailed;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.StepCompleted;
import org.roundel.core.event.TestScored;

/**
 * A run's events as JSON, in the one form that all programs outside are told them.
 *
 * <p>Each is an object whose first field, {@code event}, is the event's name, as in {@code
 * "epoch-completed"}. The others are the record's components under their own names: times in the
 * unit that the record says, paths as text, numbers that are not finite as the texts {@code "NaN"},
 * {@code "Infinity"} and {@code "-Infinity"}. An epoch has the fields of its line of {@code
 * history.jsonl}: where images are held out, {@code validation} and {@code latentValidation} in
 * place of {@code test} and {@code latentTest}. Where there is no best error yet it is null.
 */
public final class EventJson {
  private static final JsonMapper JSON = new JsonMapper();

  /** What fields are called where images are held out: nobody shall take them for another error. */
  private static final Map<String, String> VALIDATED =
      Map.of("test", "validation", "latentTest", "latentValidation");

  private EventJson() {}

  /** Returns the event {@code preparing}: the part, as in {@code "data"}. */
  public static ObjectNode of(Preparing event) {
    return named("preparing").put("part", event.part().name().toLowerCase(Locale.ROOT));
  }

  /**
   * Returns the event {@code run-started}. Its configuration has every setting: of the run as
   * numbers, truth values and texts; of components as texts.
   */
  public static ObjectNode of(RunStarted event) {
    ObjectNode json = named("run-started");
    json.put("directory", event.directory().toString());
    json.put("version", event.version());
    json.set(
        "configuration", ConfigurationJson.of(event.configuration().resolved(), option -> null));
    json.put("parameters", event.parameters());
    json.put("quantizedParameters", event.quantizedParameters());
    json.set("quantizedNames", JSON.valueToTree(event.quantizedNames()));
    json.put("trainImages", event.trainImages());
    json.put("testImages", event.testImages());
    json.put("stepsPerEpoch", event.stepsPerEpoch());
    json.put("stepsDone", event.stepsDone());
    putBest(json, event.best());
    json.set("layers", JSON.valueToTree(event.layers()));
    json.set("notices", JSON.valueToTree(event.notices()));
    return json;
  }

  /** Returns the event {@code step-completed}. */
  public static ObjectNode of(StepCompleted event) {
    return of("step-completed", event);
  }

  /** Returns the event {@code evaluation-started}. */
  public static ObjectNode of(EvaluationStarted event) {
    return of("evaluation-started", event);
  }

  /** Returns the event {@code evaluation-completed}. */
  public static ObjectNode of(EvaluationCompleted event) {
    return of("evaluation-completed", event);
  }

  /**
   * Returns the event {@code test-scored}, or {@code validation-scored} where images are held out:
   * the top-5 error, null where there are at most five classes, and the error of each class, {@code
   * "NaN"} where it has no image.
   */
  public static ObjectNode of(TestScored event) {
    String name = event.validated() ? "validation-scored" : "test-scored";
    ObjectNode json = named(name).put("epoch", event.epoch());
    putClasses(json, event.classes());
    return json;
  }

  /**
   * Returns the event {@code best-tested}: what the run's {@code test.json} says, then the fields
   * that {@code test-scored} has.
   */
  public static ObjectNode of(BestTested event) {
    ObjectNode json = of("best-tested", event.result());
    putClasses(json, event.classes());
    return json;
  }

  private static void putClasses(ObjectNode json, ClassResults classes) {
    OptionalDouble topFive = classes.topFiveError();
    json.put("topFiveError", topFive.isPresent() ? (Double) topFive.getAsDouble() : null);
    json.set("classNames", JSON.valueToTree(classes.classNames()));
    ArrayNode errors = json.putArray("errors");
    for (int actual = 0; actual < classes.classNames().size(); actual++) {
      errors.add(classes.confusion().error(actual));
    }
  }

  /** Returns the event {@code epoch-completed}. */
  public static ObjectNode of(EpochCompleted event) {
    ObjectNode json = named("epoch-completed");
    json.setAll(historyLine(event));
    return json;
  }

  /** Returns the event {@code checkpoint-started}. */
  public static ObjectNode of(CheckpointStarted event) {
    return of("checkpoint-started", event);
  }

  /** Returns the event {@code checkpoint-written}. */
  public static ObjectNode of(CheckpointWritten event) {
    return of("checkpoint-written", event);
  }

  /**
   * Returns the event {@code run-finished}; its last epoch is as in the history, or null. Of a run
   * that has ended by its patience it has {@code endedByPatience}, and of one with validation that
   * has ended {@code test}, what {@code test.json} says.
   */
  public static ObjectNode of(RunResult event) {
    ObjectNode json = named("run-finished");
    json.put("directory", event.directory().toString());
    json.put("interrupted", event.interrupted());
    json.put("alreadyFinished", event.alreadyFinished());
    json.put("epochs", event.epochs());
    @Nullable EpochCompleted last = event.last();
    json.set("last", last == null ? json.nullNode() : historyLine(last));
    putBest(json, event.best());
    if (event.patience() > 0) {
      json.put("endedByPatience", event.patience());
    }
    if (event.test() != null) {
      json.set("test", JSON.valueToTree(event.test()));
    }
    return json;
  }

  /** Returns the event {@code run-failed}: whether it diverged, and the message for the user. */
  public static ObjectNode of(RunFailed event) {
    ObjectNode json = named("run-failed");
    json.put("diverged", event.diverged());
    json.put("message", String.valueOf(event.cause().getMessage()));
    return json;
  }

  /** Returns an epoch as its line in the history has it. */
  static ObjectNode historyLine(EpochCompleted event) {
    ObjectNode line = JSON.createObjectNode();
    JSON.<ObjectNode>valueToTree(event)
        .properties()
        .forEach(
            field -> {
              String name = field.getKey();
              if (event.validated()) {
                name = VALIDATED.getOrDefault(name, name);
              }
              line.set(name, field.getValue());
            });
    line.remove("validated");
    return line;
  }

  private static ObjectNode of(String name, Object event) {
    ObjectNode json = named(name);
    json.setAll(JSON.<ObjectNode>valueToTree(event));
    return json;
  }

  private static ObjectNode named(String name) {
    return JSON.createObjectNode().put("event", name);
  }

  private static void putBest(ObjectNode json, BestError best) {
    json.set("best", best.equals(BestError.NONE) ? json.nullNode() : JSON.valueToTree(best));
  }
}
