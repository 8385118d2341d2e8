package org.roundel.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.event.BestError;
import org.roundel.core.event.BestTested;
import org.roundel.core.event.CheckpointStarted;
import org.roundel.core.event.CheckpointWritten;
import org.roundel.core.event.ClassResults;
import org.roundel.core.event.ConfusionMatrix;
import org.roundel.core.event.ConfusionMatrix.Pair;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.Evaluation;
import org.roundel.core.event.EvaluationCompleted;
import org.roundel.core.event.EvaluationStarted;
import org.roundel.core.event.FinalTest;
import org.roundel.core.event.PhaseTimes;
import org.roundel.core.event.Preparing;
import org.roundel.core.event.RunFailed;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.StepCompleted;
import org.roundel.core.event.TestScored;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.training.TestingPlugin;
import org.roundel.core.training.Trainer;

class EventJsonTest {
  @TempDir Path directory;

  private final List<ObjectNode> told = new ArrayList<>();

  private final TrainingListener listener =
      new TrainingListener() {
        @Override
        public void runStarted(RunStarted event) {
          told.add(EventJson.of(event));
        }

        @Override
        public void epochCompleted(EpochCompleted event) {
          told.add(EventJson.of(event));
        }

        @Override
        public void runFinished(RunResult event) {
          told.add(EventJson.of(event));
        }
      };

  @Test
  void tellsARunAsItsHistoryDoes() throws IOException {
    Path run = directory.resolve("run");
    RunConfiguration configuration =
        RunConfiguration.of(
            Map.of(
                "model", "softmax",
                "quantizer", "latent-sign",
                "optimizer", "momentum",
                "schedule", "constant",
                "dataset", "blobs",
                "epochs", "2"));
    new Trainer(PluginRegistry.of(new TestingPlugin()), Clock.SYSTEM)
        .train(configuration, run, listener, () -> false);

    assertThat(told)
        .extracting(event -> event.get("event").textValue())
        .containsExactly("run-started", "epoch-completed", "epoch-completed", "run-finished");
    ObjectNode started = told.get(0);
    assertThat(started.get("directory").textValue()).isEqualTo(run.toString());
    assertThat(started.at("/configuration/epochs").intValue()).isEqualTo(2);
    assertThat(started.at("/configuration/quantizer").textValue()).isEqualTo("latent-sign");
    assertThat(started.get("best").isNull()).isTrue();
    assertThat(started.get("layers")).isNotEmpty();
    List<String> lines = Files.readAllLines(run.resolve("history.jsonl"));
    for (int epoch = 1; epoch <= 2; epoch++) {
      ObjectNode event = told.get(epoch);
      event.remove("event");
      assertThat(event).hasToString(unchecked(lines.get(epoch - 1)));
    }
    ObjectNode finished = told.get(3);
    assertThat(finished.get("last")).hasToString(unchecked(lines.get(1)));
    assertThat(finished.at("/best/error").doubleValue())
        .isEqualTo(RunRecord.read(run).best().test().error());
  }

  /** A line of a history without its check, which is the file's and not the epoch's. */
  private static String unchecked(String line) throws IOException {
    ObjectNode epoch = (ObjectNode) new ObjectMapper().readTree(line);
    assertThat(epoch.remove("check")).isNotNull();
    return epoch.toString();
  }

  @Test
  void namesEveryFieldOfAStep() {
    StepCompleted step =
        new StepCompleted(2, 3, 4, 7, 0.1, Double.NaN, 5, 8, 1.5, new PhaseTimes(1, 2, 3, 4));
    assertThat(EventJson.of(step))
        .hasToString(
            "{\"event\":\"step-completed\",\"epoch\":2,\"stepInEpoch\":3,\"stepsPerEpoch\":4,"
                + "\"step\":7,\"learningRate\":0.1,\"loss\":\"NaN\",\"wrong\":5,\"images\":8,"
                + "\"gradientNorm\":1.5,"
                + "\"times\":{\"data\":1,\"quantize\":2,\"gradients\":3,\"update\":4}}");
  }

  @Test
  void tellsOfEvaluationsCheckpointsAndFailures() {
    assertThat(EventJson.of(new EvaluationStarted(3)))
        .hasToString("{\"event\":\"evaluation-started\",\"epoch\":3}");
    assertThat(EventJson.of(new EvaluationCompleted(3, 0.5)))
        .hasToString("{\"event\":\"evaluation-completed\",\"epoch\":3,\"seconds\":0.5}");
    ConfusionMatrix confusion =
        new ConfusionMatrix(2, Map.of(new Pair(0, 0), 3, new Pair(0, 1), 1));
    assertThat(
            EventJson.of(
                new TestScored(3, false, new ClassResults(List.of("a", "b"), confusion, 0))))
        .hasToString(
            "{\"event\":\"test-scored\",\"epoch\":3,\"topFiveError\":null,"
                + "\"classNames\":[\"a\",\"b\"],\"errors\":[0.25,\"NaN\"]}");
    ClassResults classes = new ClassResults(List.of("a", "b"), confusion, 0);
    assertThat(EventJson.of(new TestScored(3, true, classes)).get("event").textValue())
        .isEqualTo("validation-scored");
    FinalTest test = new FinalTest(3, 2, "step-000000008", new Evaluation(0.5, 0.25, 4));
    assertThat(EventJson.of(new BestTested(test, classes)))
        .hasToString(
            "{\"event\":\"best-tested\",\"epochs\":3,\"epoch\":2,"
                + "\"checkpoint\":\"step-000000008\","
                + "\"test\":{\"loss\":0.5,\"error\":0.25,\"images\":4},\"topFiveError\":null,"
                + "\"classNames\":[\"a\",\"b\"],\"errors\":[0.25,\"NaN\"]}");
    RunResult ended =
        new RunResult(Path.of("x"), false, false, 3, null, new BestError(0.5, 2)).ended(1, test);
    assertThat(EventJson.of(ended))
        .hasToString(
            "{\"event\":\"run-finished\",\"directory\":\"x\",\"interrupted\":false,"
                + "\"alreadyFinished\":false,\"epochs\":3,\"last\":null,"
                + "\"best\":{\"error\":0.5,\"epoch\":2},\"endedByPatience\":1,"
                + "\"test\":{\"epochs\":3,\"epoch\":2,\"checkpoint\":\"step-000000008\","
                + "\"test\":{\"loss\":0.5,\"error\":0.25,\"images\":4}}}");
    assertThat(EventJson.of(new Preparing(RunConfiguration.of(Map.of()), Preparing.Part.NET)))
        .hasToString("{\"event\":\"preparing\",\"part\":\"net\"}");
    assertThat(EventJson.of(new CheckpointStarted("best")))
        .hasToString("{\"event\":\"checkpoint-started\",\"name\":\"best\"}");
    assertThat(EventJson.of(new CheckpointWritten("best", 9, 0.25)))
        .hasToString(
            "{\"event\":\"checkpoint-written\",\"name\":\"best\",\"bytes\":9,\"seconds\":0.25}");
    assertThat(EventJson.of(new RunFailed(new IllegalStateException("why"), true)))
        .hasToString("{\"event\":\"run-failed\",\"diverged\":true,\"message\":\"why\"}");
  }
}
