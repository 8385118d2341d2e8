package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.roundel.core.checkpoint.Checkpoint;
import org.roundel.core.checkpoint.CheckpointStore;

/**
 * A net that Deeplearning4j itself runs in parts ends where the compiled one does, but for
 * rounding: the parts, their statistics and the sum of their gradients are those of any engine.
 */
class ShardEnginesIT extends OwnInstallation {
  private static final JsonMapper JSON = new JsonMapper();

  /** Float32 has 24 bits; four updates through nine layers take some of them. */
  private static final double ROUNDING = 2e-4;

  private Path train(String engine, int shards) {
    Path run = directory.resolve(engine + "-" + shards);
    List<String> words = new ArrayList<>(List.of("train"));
    words.addAll(Installation.TINY_RUN);
    words.removeIf(word -> word.matches("--(epochs|batch-size|set=dataset.train-size)=.*"));
    words.addAll(
        List.of(
            "--set=model.engine=" + engine,
            "--set=shards=" + shards,
            "--batch-size=10",
            "--epochs=1",
            // Neither batches of 10 nor the last one of 6 can be cut into equal parts.
            "--set=dataset.train-size=36",
            "--quantizer=none",
            // Adam divides by the gradient's size, so that rounding would decide about signs.
            "--optimizer=sgd",
            "--learning-rate=0.05",
            "--run-dir=" + run));
    Outcome outcome = roundel.runHere(words.toArray(String[]::new));
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    return run;
  }

  private static Map<String, float[]> weights(Path run) {
    Map<String, float[]> weights = new TreeMap<>();
    try (Checkpoint last =
        CheckpointStore.forReading(run.resolve("checkpoints")).open("step-000000004")) {
      last.weights()
          .tensors()
          .forEach(
              (name, tensor) -> {
                float[] values = new float[Math.toIntExact(tensor.elements())];
                last.weights().readFloats(name, FloatBuffer.wrap(values));
                weights.put(name, values);
              });
    }
    return weights;
  }

  private static JsonNode epoch(Path run) throws IOException {
    List<String> lines = Files.readAllLines(run.resolve("history.jsonl"));
    assertThat(lines).hasSize(1);
    return JSON.readTree(lines.get(0));
  }

  private static double distance(Map<String, float[]> some, Map<String, float[]> others) {
    assertThat(some.keySet()).isEqualTo(others.keySet()).hasSizeGreaterThan(20);
    double largest = 0;
    for (Map.Entry<String, float[]> entry : some.entrySet()) {
      float[] other = others.get(entry.getKey());
      assertThat(other).hasSameSizeAs(entry.getValue());
      for (int index = 0; index < other.length; index++) {
        double size = Math.max(1, Math.abs(other[index]));
        largest = Math.max(largest, Math.abs(entry.getValue()[index] - other[index]) / size);
      }
    }
    return largest;
  }

  @Test
  void bothEnginesEndWithTheSameWeightsAndLossesInParts() throws IOException {
    Path compiled = train("onednn", 4);
    Path interpreted = train("dl4j", 4);

    JsonNode expected = epoch(compiled);
    JsonNode found = epoch(interpreted);
    for (String loss : List.of("/train/loss", "/test/loss")) {
      assertThat(found.at(loss).doubleValue())
          .as(loss)
          .isCloseTo(expected.at(loss).doubleValue(), within(ROUNDING));
    }
    assertThat(distance(weights(interpreted), weights(compiled))).isLessThan(ROUNDING);
    // Each part has statistics of its own, which is far more than rounding.
    assertThat(distance(weights(train("onednn", 1)), weights(compiled)))
        .isGreaterThan(20 * ROUNDING);
  }
}
