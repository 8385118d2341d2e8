package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What the packaged program says of a run to programs, and of one that it does not start. */
class TrainOutputIT extends OwnInstallation {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void tellsEveryEventAsALineOfJson() throws Exception {
    Outcome trained = roundel.train("--json", "--run-dir=run");
    assertThat(trained.exitCode()).as("%s", trained).isZero();
    assertThat(trained.err()).isEmpty();
    List<ObjectNode> events = events(trained);
    assertThat(events.get(0))
        .isEqualTo(JSON.readTree("{\"event\":\"preparing\",\"part\":\"data\"}"));
    assertThat(named(events, "run-started")).hasSize(1);
    List<ObjectNode> steps = named(events, "step-completed");
    assertThat(steps).hasSize(72);
    List<ObjectNode> epochs = named(events, "epoch-completed");
    assertThat(lines(epochs)).isEqualTo(history());
    double wrong = 0;
    double loss = 0;
    for (ObjectNode step : steps.subList(48, 72)) {
      wrong += step.get("wrong").intValue();
      loss += step.get("loss").doubleValue() * step.get("images").intValue();
    }
    JsonNode train = epochs.get(2).get("train");
    assertThat(train.get("error").doubleValue()).isEqualTo(wrong / 96);
    assertThat(train.get("loss").doubleValue()).isCloseTo(loss / 96, Offset.offset(1e-9));
    List<ObjectNode> scored = named(events, "test-scored");
    assertThat(scored).hasSize(3);
    assertThat(scored.get(2).get("classNames")).hasSize(2);
    ObjectNode last = events.get(events.size() - 1);
    assertThat(last.get("event").textValue()).isEqualTo("run-finished");
    assertThat(last.get("last").get("test")).isEqualTo(epochs.get(2).get("test"));

    Outcome resumed = roundel.run("resume", "run", "--epochs=4", "--json");
    assertThat(resumed.exitCode()).as("%s", resumed).isZero();
    List<ObjectNode> more = events(resumed);
    assertThat(named(more, "run-started").get(0).get("stepsDone").intValue()).isEqualTo(72);
    epochs.addAll(named(more, "epoch-completed"));
    assertThat(lines(epochs)).hasSize(4).isEqualTo(history());
    // The same numbers as people are told.
    String told = roundel.runHere("resume", roundel.work().resolve("run").toString()).out();
    assertThat(told)
        .containsPattern(
            "Test error of the quantized net: "
                + String.format(
                    Locale.ROOT, "%.2f", 100 * epochs.get(3).get("test").get("error").doubleValue())
                + " % after epoch 4");
  }

  /** The lines of a run's history without their checks, which are the file's. */
  private List<String> history() throws IOException {
    List<ObjectNode> epochs = new ArrayList<>();
    for (String line : Files.readAllLines(roundel.work().resolve("run/history.jsonl"))) {
      ObjectNode epoch = (ObjectNode) JSON.readTree(line);
      assertThat(epoch.remove("check")).isNotNull();
      epochs.add(epoch);
    }
    return lines(epochs);
  }

  @Test
  void tellsAFailureAsAnEventAndOnStandardError() throws Exception {
    Files.createDirectory(roundel.work().resolve("taken"));
    Files.createFile(roundel.work().resolve("taken/manifest.json"));
    Outcome refused = roundel.train("--json", "--run-dir=taken");
    assertThat(refused.exitCode()).as("%s", refused).isEqualTo(3);
    List<ObjectNode> events = events(refused);
    ObjectNode last = events.get(events.size() - 1);
    assertThat(last.get("event").textValue()).isEqualTo("run-failed");
    assertThat(last.get("diverged").booleanValue()).isFalse();
    assertThat(refused.err()).isEqualTo("roundel: " + last.get("message").textValue() + "\n");
  }

  @Test
  void rehearsesARunAndWritesNothing() throws Exception {
    String run = "--run-dir=" + roundel.work().resolve("run");
    Outcome rehearsed = roundel.trainHere("--dry-run", run, "--latent-error");
    assertThat(rehearsed.exitCode()).as("%s", rehearsed).isZero();
    assertThat(rehearsed.err()).isEmpty();
    assertThat(rehearsed.out().lines())
        .allMatch(line -> line.startsWith("  run ") || line.length() <= 80);
    assertThat(roundel.work()).isEmptyDirectory();
    Outcome trained = roundel.trainHere(run, "--latent-error");
    List<String> rows =
        rehearsed.out().lines().filter(line -> line.matches("  (net|data|plan|run) .*")).toList();
    assertThat(rows).hasSize(4);
    assertThat(trained.out().lines()).containsAll(rows);
    assertThat(rehearsed.out())
        .startsWith("Would train resnet-8 on synthetic\n")
        .containsPattern("\n  memory    [0-9.]+ [kM]B beside the data\n")
        .containsPattern("\n  disk      about [0-9.]+ [kM]B a checkpoint, .* free\n")
        .endsWith("\nNothing was trained or written.\n");
    JsonNode started = JSON.readTree(roundel.train("--dry-run", "--json", "--run-dir=new").out());
    assertThat(started.get("event").textValue()).isEqualTo("run-started");
    assertThat(roundel.work().resolve("new")).doesNotExist();
  }

  @Test
  void refusesInARehearsalWhatARunIsRefusedFor() throws Exception {
    Files.createFile(roundel.work().resolve("file"));
    Path taken = Files.createDirectory(roundel.work().resolve("taken"));
    Files.createFile(taken.resolve("manifest.json"));
    int number = 0;
    for (String fault :
        List.of(
            "--quantizer=resnet-9",
            "--set=dataset.sise=3",
            "--run-dir=" + taken,
            "--run-dir=" + roundel.work().resolve("file/run"),
            "--init-from=" + roundel.work().resolve("nothing"),
            "--metrics-linger=-1",
            "--metrics-file=" + roundel.work().resolve("nowhere/x.prom"),
            "--metrics-otlp=http://localhost:99999")) {
      String never = "--run-dir=" + roundel.work().resolve("never-" + number++);
      String[] faulty =
          fault.startsWith("--run-dir=") ? new String[] {fault} : new String[] {fault, never};
      Outcome rehearsed = roundel.trainHere(with(faulty, "--dry-run"));
      Outcome refused = roundel.trainHere(faulty);
      assertThat(refused.exitCode()).as(fault).isEqualTo(3);
      assertThat(rehearsed).as(fault).isEqualTo(refused);
    }
  }

  @Test
  void printsSettingsThatTrainTheSameRun() throws Exception {
    String[] given = {"--set=quantizer.scale=0.5", "--set=optimizer.beta1=0.8", "--seed=7"};
    Outcome printed = roundel.trainHere(with(given, "--print-config"));
    assertThat(printed.exitCode()).as("%s", printed).isZero();
    assertThat(printed.err()).isEmpty();
    assertThat(roundel.work()).isEmptyDirectory();
    assertThat(printed.out())
        .contains(
            "model: resnet-8\n", "seed: 7\n", "quantizer.scale: 0.5\n", "dataset.classes: 2\n")
        .contains("\n# quantizer.grid: binary\n", "\n# optimizer.beta2: 0.999\n")
        .contains("\noptimizer.beta1: 0.8\n");
    Path file = roundel.work().resolve("run.yaml");
    Files.writeString(file, printed.out());
    Outcome again = roundel.runHere("train", "--config=" + file, "--print-config");
    assertThat(again.out()).isEqualTo(printed.out());

    Path one = roundel.work().resolve("given");
    assertThat(roundel.trainHere(with(given, "--run-dir=" + one)).exitCode()).isZero();
    Path other = roundel.work().resolve("read");
    Outcome read = roundel.runHere("train", "--config=" + file, "--run-dir=" + other);
    assertThat(read.exitCode()).as("%s", read).isZero();
    String weights = "checkpoints/step-000000072/weights.safetensors";
    assertThat(other.resolve(weights)).hasSameBinaryContentAs(one.resolve(weights));
  }

  private static String[] with(String[] some, String one) {
    List<String> all = new ArrayList<>(List.of(some));
    all.add(one);
    return all.toArray(String[]::new);
  }

  private static List<ObjectNode> events(Outcome outcome) throws IOException {
    List<ObjectNode> events = new ArrayList<>();
    for (String line : outcome.out().lines().toList()) {
      events.add((ObjectNode) JSON.readTree(line));
    }
    return events;
  }

  private static List<ObjectNode> named(List<ObjectNode> events, String name) {
    return new ArrayList<>(
        events.stream().filter(event -> event.get("event").textValue().equals(name)).toList());
  }

  /** Returns events without their name. */
  private static List<String> lines(List<ObjectNode> events) {
    return events.stream().map(event -> event.deepCopy().without("event").toString()).toList();
  }
}
