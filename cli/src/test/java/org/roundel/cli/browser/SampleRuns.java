package org.roundel.cli.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.training.TestingPlugin;
import org.roundel.core.training.Trainer;

/** Trains small nets, which takes no time. */
final class SampleRuns {
  private static final JsonMapper JSON = new JsonMapper();

  private SampleRuns() {}

  /** Trains two methods with three seeds each into {@code NAME-SEED}. */
  static void train(Path directory) throws IOException {
    for (String quantizer : List.of("latent-sign", "stored-stochastic")) {
      for (int seed = 1; seed <= 3; seed++) {
        Path run = directory.resolve(quantizer + "-" + seed);
        train(run, Map.of("quantizer", quantizer, "seed", "" + seed, "latent-error", "true"));
        Files.writeString(
            run.resolve("log.txt"),
            """
            2026-11-28T20:32:54.084Z INFO  started: roundel train
            2026-11-28T20:32:55.458Z WARN  the disk is nearly full <b>now</b>
            2026-11-28T20:33:04.343Z INFO  finished
            """);
      }
    }
  }

  /** Trains one. */
  static void train(Path run, Map<String, String> more) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("model", "softmax");
    settings.put("optimizer", "momentum");
    settings.put("schedule", "constant");
    settings.put("dataset", "blobs");
    settings.put("epochs", "6");
    settings.putAll(more);
    new Trainer(PluginRegistry.of(new TestingPlugin()), Clock.SYSTEM)
        .train(RunConfiguration.of(settings), run, new TrainingListener() {}, () -> false);
  }

  /** Returns the lines of a run's history. */
  static List<JsonNode> history(Path run) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("history.jsonl"))) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }
}
