package org.roundel.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.RoundelException;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.record.RunRecord;
import org.roundel.core.run.HistoryFile;
import org.roundel.core.run.LineCheck;

/**
 * Every field of what a run writes is missing, null, of another type, negative or huge in turn: the
 * run goes on from the same weights, or one message names the file and the field.
 */
class AlteredRunTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String STATE = "state.json";

  /** JSON that stands in a field's place; empty for no field at all. */
  private static final List<String> INSTEAD =
      List.of("", "null", "\"text\"", "{}", "[7]", "-5", "0.5", "1e999", "99999999999999999999999");

  /** As much for each of the many settings, which are all read in one way. */
  private static final List<String> INSTEAD_OF_A_SETTING = List.of("", "{}", "-5");

  @TempDir private Path directory;
  private final Trainer trainer = new Trainer(PluginRegistry.of(new TestingPlugin()), Clock.SYSTEM);
  private Path whole;
  private Path stopped;

  @BeforeEach
  void train() {
    whole = directory.resolve("whole");
    stopped = directory.resolve("stopped");
    Map<String, String> values = new TreeMap<>();
    values.put("model", "softmax");
    values.put("quantizer", "latent-stochastic");
    values.put("optimizer", "momentum");
    values.put("schedule", "constant");
    values.put("dataset", "blobs");
    values.put("batch-size", "16");
    values.put("epochs", "2");
    RunConfiguration configuration = RunConfiguration.of(values);
    trainer.train(configuration, whole, new RunEventsRecorder(), () -> false);
    int[] polls = {0};
    trainer.train(configuration, stopped, new RunEventsRecorder(), () -> ++polls[0] >= 10);
  }

  @Test
  void ofStateJson() throws Exception {
    Path state = newest(stopped).resolve(STATE);
    int damaged = 0;
    for (Alteration alteration : alterations(Files.readString(state))) {
      Path run = copy(stopped, directory.resolve("altered"));
      Path altered = newest(run).resolve(STATE);
      Files.writeString(altered, alteration.json());
      correctSum(altered);
      RunEventsRecorder events = new RunEventsRecorder();
      Throwable failure = catchThrowable(() -> resume(run, events));
      if (failure == null) {
        assertGoesOn(run, alteration);
        for (String notice : events.started.get(0).notices()) {
          assertThat(notice).as("%s", alteration).contains("is damaged: " + altered);
          // The two fields on the best epoch are checked against each other.
          String name = alteration.top().startsWith("best") ? "best" : alteration.top();
          assertThat(notice).as("%s", alteration).contains(name);
          damaged++;
        }
      } else {
        assertNames(failure, "checkpoints", alteration);
      }
    }
    assertThat(damaged).isGreaterThan(80);
  }

  @Test
  void ofManifestJson() throws Exception {
    Path manifest = stopped.resolve("manifest.json");
    int refused = 0;
    for (Alteration alteration : alterations(Files.readString(manifest))) {
      Path run = copy(stopped, directory.resolve("altered"));
      // One that is altered without its check is refused for that.
      boolean seals = !List.of("/format", "/check").contains(alteration.path());
      String json = seals ? Sealed.manifest(alteration.json()) : alteration.json();
      Files.writeString(run.resolve("manifest.json"), json);
      Throwable failure = catchThrowable(() -> resume(run, new RunEventsRecorder()));
      if (failure == null) {
        assertGoesOn(run, alteration);
      } else {
        String file = alteration.path().startsWith("/configuration/") ? "" : "manifest.json";
        assertNames(failure, file, alteration);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(60);
  }

  @Test
  void ofHistoryJsonl() throws Exception {
    Path history = whole.resolve("history.jsonl");
    String first = Files.readAllLines(history).get(0);
    String second = HistoryFile.read(history).get(1).toString();
    Set<String> mayBeNull =
        Set.of("/latentTest", "/layers/0/changedInFiveEpochs", "/layers/0/distribution");
    int refused = 0;
    for (Alteration alteration : alterations(second)) {
      Files.write(history, List.of(first, LineCheck.with(alteration.json())));
      Throwable failure = catchThrowable(() -> RunRecord.read(whole));
      if (failure != null) {
        assertNames(failure, history + ", line 2 is damaged", alteration);
        refused++;
      } else if (!mayBeNull.contains(alteration.path())) {
        assertThat(alteration.value()).as("%s", alteration).isNotEqualTo("null");
      }
    }
    assertThat(refused).isGreaterThan(80);
  }

  /** The examples that were found, each with its message. */
  @Test
  void saysWhatIsWrongWithAState() throws Exception {
    assertDamage("quantized", "null", "has null as quantized; allowed: a JSON object");
    assertDamage(
        "historyLength",
        "-5",
        "has -5 as historyLength; allowed: a whole number from 0 to 1000000000000000000");
    assertDamage("step", "-1", "has -1 as step; allowed: a whole number from 0 to 999999999");
    assertDamage(
        "step", "4", "has 4 as step; allowed: the step in the checkpoint's name, step-000000007");
    assertDamage("format", "1", "has 1 as format; allowed: 2, which this version");
  }

  private void assertDamage(String field, String value, String said) throws Exception {
    Path run = copy(stopped, directory.resolve("altered"));
    Path state = newest(run).resolve(STATE);
    ObjectNode object = (ObjectNode) JSON.readTree(state.toFile());
    object.set(field, JSON.readTree(value));
    Files.writeString(state, object.toString());
    correctSum(state);
    RunEventsRecorder events = new RunEventsRecorder();
    resume(run, events);
    assertThat(events.started.get(0).notices())
        .singleElement()
        .asString()
        .startsWith("checkpoint step-000000007 is damaged: " + state + " " + said)
        .endsWith("; going on from step-000000004");
  }

  /** Stopped at once, so that the checkpoint it goes on from is written anew. */
  private void resume(Path run, TrainingListener listener) {
    trainer.resume(run, Map.of(), listener, () -> true);
  }

  private static void assertNames(Throwable failure, String file, Alteration alteration) {
    assertThat(failure).as("%s", alteration).isInstanceOf(RoundelException.class);
    if (alteration.path().equals("/configuration")) {
      // Without any value, the defaults are what differs.
      assertThat(failure.getMessage())
          .as("%s", alteration)
          .containsAnyOf("configuration", "batch-size is");
    } else {
      assertThat(failure).as("%s", alteration).hasMessageContaining(file);
      assertThat(failure).as("%s", alteration).hasMessageContaining(alteration.top());
    }
    assertThat(failure.getMessage()).hasSizeLessThan(2000);
  }

  private void assertGoesOn(Path run, Alteration alteration) throws IOException {
    Path newest = newest(run);
    Path undisturbed = stopped.resolve("checkpoints").resolve(newest.getFileName());
    for (String file : List.of("weights.safetensors", "training.safetensors")) {
      assertThat(Files.readAllBytes(newest.resolve(file)))
          .as("%s", alteration)
          .isEqualTo(Files.readAllBytes(undisturbed.resolve(file)));
    }
  }

  private static Path newest(Path run) {
    CheckpointStore store = CheckpointStore.forReading(run.resolve("checkpoints"));
    return run.resolve("checkpoints").resolve(store.newest().orElseThrow());
  }

  private static void correctSum(Path file) throws Exception {
    Path sums = file.resolveSibling("SHA256SUMS");
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    String line = HexFormat.of().formatHex(digest) + "  " + file.getFileName();
    Files.writeString(
        sums,
        Files.readString(sums, StandardCharsets.UTF_8)
            .replaceAll("(?m)^[0-9a-f]+  " + file.getFileName() + "$", line));
  }

  private static Path copy(Path from, Path to) throws IOException {
    if (Files.exists(to)) {
      try (Stream<Path> files = Files.walk(to)) {
        for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
          Files.delete(file);
        }
      }
    }
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
    return to;
  }

  /**
   * A file with one field altered.
   *
   * @param path where, as in {@code /layers/0/moves}
   * @param value what stands there, empty for nothing
   */
  private record Alteration(String path, String value, String json) {
    /** Returns the name that a message has. */
    String top() {
      String[] names = path.substring(1).split("/");
      return names[0].equals("configuration") && names.length > 1 ? names[1] : names[0];
    }

    @Override
    public String toString() {
      return path + " = " + value;
    }
  }

  private static List<Alteration> alterations(String json) throws IOException {
    List<Alteration> alterations = new ArrayList<>();
    for (String path : paths("", JSON.readTree(json))) {
      // Below these nothing is more than compared and shown.
      if (path.matches("/(components|machine)/.*")) {
        continue;
      }
      boolean setting = path.startsWith("/configuration/");
      for (String value : setting ? INSTEAD_OF_A_SETTING : INSTEAD) {
        JsonNode root = JSON.readTree(json);
        String text = alter(root, path, value);
        if (text != null) {
          alterations.add(new Alteration(path, value, text));
        }
      }
    }
    return alterations;
  }

  private static List<String> paths(String prefix, JsonNode node) {
    List<String> paths = new ArrayList<>();
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              field -> {
                paths.add(prefix + "/" + field.getKey().replace("~", "~0").replace("/", "~1"));
                paths.addAll(paths(paths.get(paths.size() - 1), field.getValue()));
              });
    } else if (node instanceof ArrayNode array && !array.isEmpty()) {
      paths.addAll(paths(prefix + "/0", array.get(0)));
    }
    return paths;
  }

  private static @Nullable String alter(JsonNode root, String pointer, String value) {
    ObjectNode parent = (ObjectNode) root.at(pointer.substring(0, pointer.lastIndexOf('/')));
    String name =
        pointer.substring(pointer.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
    if (value.isEmpty()) {
      parent.remove(name);
      return root.toString();
    }
    // Put in as text, because a number that fits no type is one of the values.
    parent.put(name, "HERE");
    return root.toString().replace("\"HERE\"", value);
  }
}
