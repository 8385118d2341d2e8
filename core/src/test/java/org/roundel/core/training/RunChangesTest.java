package org.roundel.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.core.RoundelException;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.config.ConfigurationFile;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.event.RunResult;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.record.Invocation;
import org.roundel.core.record.RunRecord;
import org.roundel.core.run.RunDirectory;
import org.roundel.core.run.RunPlace;
import org.roundel.core.shard.Cluster;

/** What of a run may be changed in its course, what may not, and how a record repeats it. */
class RunChangesTest {
  private static final Map<String, String> NONE = Map.of();

  @TempDir private Path directory;
  private final Trainer trainer = new Trainer(PluginRegistry.of(new TestingPlugin()), Clock.SYSTEM);
  private final RunEventsRecorder events = new RunEventsRecorder();

  private static RunConfiguration configuration(String... more) {
    Map<String, String> values = new HashMap<>();
    values.put("model", "softmax");
    values.put("quantizer", "latent-stochastic");
    // The run's length is in its bytes.
    values.put("schedule", "shrinking");
    values.put("optimizer", "momentum");
    values.put("dataset", "blobs");
    values.put("batch-size", "16");
    values.put("learning-rate", "1e-1");
    values.put("epochs", "3");
    for (int index = 0; index < more.length; index += 2) {
      values.put(more[index], more[index + 1]);
    }
    return RunConfiguration.of(values);
  }

  private static boolean never() {
    return false;
  }

  private static BooleanSupplier stopAfter(int polls) {
    int[] count = {0};
    return () -> ++count[0] >= polls;
  }

  private Path trained(String name, int polls) {
    Path run = directory.resolve(name);
    trainer.train(configuration(), run, events, stopAfter(polls));
    return run;
  }

  private RunResult resume(Path run, Map<String, String> changes) {
    return trainer.resume(run, changes, events, RunChangesTest::never);
  }

  private List<String> notices() {
    return events.started.get(events.started.size() - 1).notices();
  }

  private static JsonNode manifest(Path run) throws IOException {
    return new JsonMapper().readTree(run.resolve("manifest.json").toFile());
  }

  private static void edit(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(from);
    String edited = text.replace(from, to);
    Files.writeString(file, file.endsWith("manifest.json") ? Sealed.manifest(edited) : edited);
  }

  @Test
  void aManifestThatWasEditedIsRefused() throws IOException {
    Path run = trained("run", 6);
    Path manifest = run.resolve("manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace("\"seed\" : 1", "\"seed\" : 2"));
    for (ThrowingCallable reading :
        List.<ThrowingCallable>of(
            () -> resume(run, NONE),
            () -> RunRecord.read(run),
            () -> ConfigurationFile.readManifest(manifest))) {
      assertThatThrownBy(reading)
          .hasMessageStartingWith(manifest + " was altered: it is not what its check was made of.");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "epochs: 3          | epochs: 5         | epochs is 5 there, 3 in the run",
        "seed: 1            | seed: 2           | seed is 2 there, 1 in the run",
        "learning-rate: 0.1 | learning-rate: 10 | learning-rate is 10 there, 0.1 in the run",
        "threads: 0         | threads: 1        | threads is 1 there, 0 in the run",
        "seed: 1 | 'seed: 1\nmodel.throw-at: 9' | model.throw-at is 9 there, not set in the run"
      })
  void anEditedConfigurationIsRefusedWithBothValues(String from, String to, String said)
      throws IOException {
    Path run = trained("run", 6);
    edit(run.resolve("config.yaml"), from, to);
    assertThatThrownBy(() -> resume(run, NONE))
        .isInstanceOf(RoundelException.class)
        .hasMessageStartingWith(run.resolve("config.yaml") + " is not as the run wrote it: ")
        .hasMessageContaining(said);
    assertThatThrownBy(() -> trainer.evaluate(run, "newest", OptionalInt.empty()))
        .hasMessageContaining(said);
    // What compares runs has the configuration that was trained.
    assertThat(RunRecord.read(run).configuration().changesTo(configuration())).isEmpty();
  }

  @Test
  void valuesWrittenInAnotherWayAreTheSame() throws IOException {
    Path run = trained("run", 6);
    edit(run.resolve("config.yaml"), "learning-rate: 0.1", "learning-rate: 1e-1");
    assertThat(resume(run, NONE).epochs()).isEqualTo(3);
  }

  @Test
  void aManifestThatWasEditedTooDoesNotFitTheCheckpoint() throws IOException {
    Path run = trained("run", 6);
    edit(run.resolve("config.yaml"), "seed: 1", "seed: 2");
    edit(run.resolve("manifest.json"), "\"seed\" : 1", "\"seed\" : 2");
    assertThatThrownBy(() -> resume(run, NONE))
        .hasMessageContaining("seed is 1 in the checkpoint, 2 in the manifest");
  }

  @Test
  void anotherRunsCheckpointsAreRefused() throws IOException {
    Path run = trained("run", 6);
    Path other = trained("other", 6);
    Files.move(run.resolve("checkpoints"), directory.resolve("away"));
    Files.move(other.resolve("checkpoints"), run.resolve("checkpoints"));
    String named = manifest(other).path("run").asText();
    for (String wanted : new String[] {"resume", "evaluate"}) {
      assertThatThrownBy(
              () -> {
                if (wanted.equals("resume")) {
                  resume(run, NONE);
                } else {
                  trainer.evaluate(run, "newest", OptionalInt.empty());
                }
              })
          .as(wanted)
          .hasMessageContaining("is of another run: its state.json names the run " + named);
    }
    // Weights are taken from anywhere: that is what the option is for.
    trainer.train(
        configuration("init-from", run.toString()),
        directory.resolve("third"),
        events,
        stopAfter(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 6, 9, 100})
  void aChangedRunIsRepeatedFromItsRecordToTheSameBytes(int polls) throws IOException {
    Path run = trained("run", polls);
    Map<String, String> changes = Map.of("epochs", "5", "threads", "2", "keep-checkpoints", "9");
    RunResult result = trainer.resume(run, changes, events, stopAfter(7));
    assertThat(notices())
        .anySatisfy(
            notice ->
                assertThat(notice)
                    .contains(
                        "epochs becomes 5 (before: 3), as manifest.json records; a schedule"));
    assertThat(result.interrupted()).isTrue();
    result = resume(run, Map.of("epochs", "6"));
    assertThat(result.epochs()).isEqualTo(6);
    assertThat(RunRecord.read(run).epochs()).hasSize(6);

    Path repeated = directory.resolve("repeated");
    RunResult again = repeat(run, repeated, RunChangesTest::never);
    assertThat(again.epochs()).isEqualTo(6);
    assertSameWeights(run, repeated);
    // Stopped anywhere, the repetition goes on to the same.
    Path stopped = directory.resolve("stopped");
    repeat(run, stopped, stopAfter(polls + 2));
    resume(stopped, NONE);
    assertSameWeights(run, stopped);

    Path unchanged = directory.resolve("unchanged");
    trainer.train(configuration("epochs", "6"), unchanged, events, RunChangesTest::never);
    if (polls > 3) {
      // What changes took effect where they were made and not before: the first epoch's rate is
      // that of any length.
      assertThat(weights(unchanged)).isNotEqualTo(weights(run));
    }
  }

  private RunResult repeat(Path run, Path repeated, BooleanSupplier stop) {
    Path manifest = run.resolve("manifest.json");
    RunConfiguration recorded = RunConfiguration.of(ConfigurationFile.readManifest(manifest));
    return trainer.train(new NewRun(recorded, manifest, RunPlace.at(repeated)), events, stop);
  }

  @Test
  void withOtherSettingsWhatWasChangedHoldsFromTheStart() throws IOException {
    Path run = trained("run", 6);
    resume(run, Map.of("epochs", "4"));
    Path manifest = run.resolve("manifest.json");
    RunConfiguration other =
        RunConfiguration.of(ConfigurationFile.readManifest(manifest)).with(Map.of("seed", "2"));
    Path repeated = directory.resolve("repeated");
    RunResult result =
        trainer.train(
            new NewRun(other, manifest, RunPlace.at(repeated)), events, RunChangesTest::never);
    assertThat(result.epochs()).isEqualTo(4);
    assertThat(notices()).anySatisfy(notice -> assertThat(notice).contains("{epochs=4}"));
    assertThat(manifest(repeated).path("configuration").path("epochs").asInt()).isEqualTo(4);
  }

  @Test
  void aFinishedRunSaysSoAndCanBeProlonged() throws IOException {
    Path run = trained("run", 1000);
    byte[] record = Files.readAllBytes(run.resolve("manifest.json"));
    int started = events.started.size();
    RunResult finished = resume(run, NONE);
    assertThat(finished.alreadyFinished()).isTrue();
    assertThat(finished.last()).isEqualTo(events.epochs.get(2));
    assertThat(events.started).hasSize(started);
    assertThat(Files.readAllBytes(run.resolve("manifest.json"))).isEqualTo(record);
    // Nothing computes with it, so nothing would refuse it.
    assertThat(resume(run, Map.of("threads", "500")).alreadyFinished()).isTrue();
    assertThat(Files.readAllBytes(run.resolve("manifest.json"))).isEqualTo(record);

    assertThat(resume(run, Map.of("epochs", "4")).epochs()).isEqualTo(4);
    JsonNode change = manifest(run).path("changes").path(0);
    assertThat(change.path("step").asInt()).isEqualTo(12);
    assertThat(change.path("configuration").path("epochs").isInt()).isTrue();
    assertThat(resume(run, NONE).alreadyFinished()).isTrue();
  }

  @Test
  void aRunCanBeShortenedToWhereItIsAndNotBeyond() throws IOException {
    // Four updates, two batches of the evaluation, three updates of epoch 2; a poll before each.
    Path run = trained("run", 10);
    assertThatThrownBy(() -> resume(run, Map.of("epochs", "1")))
        .hasMessageStartingWith("epochs is 1; allowed: 2 or more, because the run has made 7");
    assertThat(resume(run, Map.of("epochs", "2")).epochs()).isEqualTo(2);
    assertThat(RunRecord.read(run).isFinished()).isTrue();
  }

  @Test
  void aRunThatEndedBeforeItsFirstCheckpointIsStartedAgainByResume() throws IOException {
    Path whole = trained("whole", 1000);
    for (String left : new String[] {"manifest.json", "manifest.json config.yaml"}) {
      Path run = Files.createDirectories(directory.resolve("run-" + left.length()));
      for (String file : left.split(" ")) {
        Files.copy(whole.resolve(file), run.resolve(file));
      }
      Files.createDirectories(run.resolve("checkpoints/.writing-step-000000000"));
      assertThat(resume(run, NONE).epochs()).isEqualTo(3);
      assertThat(notices())
          .contains("the run had ended before its first checkpoint; it starts again");
      assertSameWeights(whole, run);
    }
  }

  @Test
  void oneCallStartsOrGoesOnAndCanBeRepeated() throws IOException {
    Path whole = trained("whole", 1000);
    Path run = directory.resolve("run");
    RunResult result = null;
    for (int call = 0; call < 20; call++) {
      result = trainOrResume(run, configuration(), stopAfter(5));
    }
    assertThat(result.alreadyFinished()).isTrue();
    assertSameWeights(whole, run);

    assertThatThrownBy(() -> trainOrResume(run, configuration("seed", "2"), stopAfter(5)))
        .hasMessageContaining(
            " holds a run with other settings: seed is 2 here, 1 in the run. Go on with it by");
    // What may be changed is changed, and said; the first call then goes on with that.
    result = trainOrResume(run, configuration("epochs", "4"), RunChangesTest::never);
    assertThat(result.epochs()).isEqualTo(4);
    assertThat(trainOrResume(run, configuration(), stopAfter(5)).alreadyFinished()).isTrue();
  }

  @Test
  void oneCallTakesTheDirectoryInEveryState() throws IOException {
    Path whole = trained("whole", 1000);
    Path empty = Files.createDirectory(directory.resolve("empty"));
    trainOrResume(empty, configuration(), RunChangesTest::never);
    assertSameWeights(whole, empty);

    Path foreign = Files.createDirectory(directory.resolve("foreign"));
    Files.writeString(foreign.resolve("config.yaml"), "mine: true\n");
    assertThatThrownBy(() -> trainOrResume(foreign, configuration(), RunChangesTest::never))
        .hasMessageContaining(" has config.yaml, which a run would write over, and no manifest");
    Files.writeString(foreign.resolve("manifest.json"), "{\"name\": \"my app\"}");
    assertThatThrownBy(() -> trainOrResume(foreign, configuration(), RunChangesTest::never))
        .hasMessageContaining("manifest.json lacks format");
    try (Stream<Path> files = Files.list(foreign)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("config.yaml", "manifest.json");
    }

    try (RunDirectory elsewhere = RunDirectory.open(empty)) {
      assertThatThrownBy(
              () -> trainOrResume(elsewhere.path(), configuration(), RunChangesTest::never))
          .hasMessageContaining("is already in use by another run");
    }
  }

  private RunResult trainOrResume(Path run, RunConfiguration asked, BooleanSupplier stop) {
    return trainer.trainOrResume(NewRun.in(run, asked), run, events, stop);
  }

  /** Nothing is started again, and nothing lost, where checkpoints are missing. */
  @ParameterizedTest
  @ValueSource(strings = {"none", "empty", "dangling"})
  void aRunWhoseCheckpointsAreMissingIsKept(String left) throws IOException {
    Path run = trained("run", 1000);
    Path checkpoints = run.resolve("checkpoints");
    Files.move(checkpoints, directory.resolve("away"));
    if (left.equals("empty")) {
      Files.createDirectory(checkpoints);
    } else if (left.equals("dangling")) {
      Files.createSymbolicLink(checkpoints, directory.resolve("not-mounted"));
      Files.delete(run.resolve("history.jsonl"));
    }
    byte[] record = Files.readAllBytes(run.resolve("manifest.json"));
    assertThatThrownBy(() -> resume(run, NONE))
        .hasMessageContaining("holds no checkpoint. If the run has written any, they are missing");
    assertThatThrownBy(() -> trainOrResume(run, configuration(), RunChangesTest::never))
        .hasMessageContaining("put them back");
    assertThat(Files.readAllBytes(run.resolve("manifest.json"))).isEqualTo(record);
    assertThat(run.resolve("config.yaml")).exists();
  }

  /** A run that ended before its first checkpoint, with what is recorded of it. */
  private Path unstarted(Path of) throws IOException {
    Path run = Files.createDirectories(directory.resolve("unstarted"));
    Files.copy(of.resolve("manifest.json"), run.resolve("manifest.json"));
    Files.copy(of.resolve("config.yaml"), run.resolve("config.yaml"));
    return run;
  }

  @Test
  void aRunThatCannotBeStartedAgainKeepsItsRecord() throws IOException {
    Path run = unstarted(trained("whole", 1000));
    byte[] record = Files.readAllBytes(run.resolve("manifest.json"));
    edit(run.resolve("manifest.json"), "\"blobs\"", "\"not-installed\"");
    assertThatThrownBy(() -> resume(run, NONE)).hasMessageContaining("not-installed");
    assertThat(run.resolve("manifest.json")).exists();
    Files.write(run.resolve("manifest.json"), record);
    assertThatThrownBy(() -> resume(run, Map.of("threads", "1024")))
        .hasMessageContaining("threads is 1024");
    assertThat(run.resolve("config.yaml")).exists();
    assertThatThrownBy(
            () -> trainOrResume(run, configuration("threads", "1024"), RunChangesTest::never))
        .hasMessageContaining("threads is 1024");
    assertThat(Files.readAllBytes(run.resolve("manifest.json"))).isEqualTo(record);
    assertThat(resume(run, NONE).epochs()).isEqualTo(3);
  }

  @Test
  void valuesGivenInAnotherWayAreRecordedAsTheManifestHasThem() throws IOException {
    Path run = trained("run", 6);
    Map<String, String> changes =
        Map.of("latent-error", "True", "checkpoint-minutes", "5d", "epochs", "4");
    trainer.resume(run, changes, events, stopAfter(3));
    assertThat(Files.readString(run.resolve("config.yaml"))).contains("latent-error: true");
    assertThat(resume(run, NONE).epochs()).isEqualTo(4);
    trainer.evaluate(run, "newest", OptionalInt.empty());
  }

  @Test
  void aRepetitionWithOtherSettingsGoesOnByTheSameCall() throws IOException {
    Path earlier = trained("earlier", 6);
    resume(earlier, Map.of("epochs", "4"));
    Path manifest = earlier.resolve("manifest.json");
    RunConfiguration recorded = RunConfiguration.of(ConfigurationFile.readManifest(manifest));
    for (String seed : new String[] {"1", "2"}) {
      Path run = directory.resolve("seed-" + seed);
      NewRun again = new NewRun(recorded.with(Map.of("seed", seed)), manifest, RunPlace.at(run));
      RunResult result = null;
      for (int call = 0; call < 20; call++) {
        result = trainer.trainOrResume(again, run, events, stopAfter(9));
        assertThat(notices()).noneMatch(notice -> notice.contains("command line"));
      }
      assertThat(result.epochs()).isEqualTo(4);
      assertThat(result.alreadyFinished()).isTrue();
    }
  }

  @Test
  void aManifestOfFormatOneCanBeRepeated() throws IOException {
    Path manifest = directory.resolve("manifest.json");
    Files.writeString(
        manifest,
        """
        {
          "format" : 1,
          "roundel" : "0.1.0",
          "configuration" : {
            "model" : "softmax", "quantizer" : "latent-stochastic", "quantize" : "conv",
            "optimizer" : "momentum", "schedule" : "constant", "dataset" : "blobs",
            "data-dir" : "", "epochs" : "1", "batch-size" : "16", "init-from" : "",
            "latent-error" : "false", "threads" : "0"
          },
          "components" : {},
          "dataset-sha256" : "0",
          "machine" : {"threads" : 1}
        }
        """);
    RunConfiguration recorded = RunConfiguration.of(ConfigurationFile.readManifest(manifest));
    NewRun run = new NewRun(recorded, manifest, RunPlace.at(directory.resolve("run")));
    assertThat(trainer.train(run, events, RunChangesTest::never).epochs()).isEqualTo(1);
  }

  /** A run that went on at a machine with many processors, killed before its next checkpoint. */
  private Path trainedWithManyThreads() throws IOException {
    Path run = trained("many", 10);
    edit(
        run.resolve("manifest.json"),
        "\"sessions\" :",
        """
        "changes" : [ {"epoch" : 2, "step" : 7, "configuration" : {"threads" : 1024} } ],
          "sessions" :\
        """);
    edit(run.resolve("config.yaml"), "threads: 0", "threads: 1024");
    return run;
  }

  @Test
  void aCallGetsRidOfMoreThreadsThanThereAreProcessorsFor() throws IOException {
    Path run = trainedWithManyThreads();
    assertThatThrownBy(() -> resume(run, NONE)).hasMessageContaining("threads is 1024");
    Path repeated = directory.resolve("repeated");
    assertThat(repeat(run, repeated, RunChangesTest::never).epochs()).isEqualTo(3);
    assertThat(notices())
        .contains(
            "the earlier run went on with 1024 threads after 7 updates; this machine has too few"
                + " processors for that, so threads stays as at the start");
    assertThat(trainOrResume(run, configuration("threads", "0"), RunChangesTest::never).epochs())
        .isEqualTo(3);
  }

  @Test
  void whatIsGivenNowHoldsAgainstWhatWasToBeChangedLater() throws IOException {
    Path earlier = trained("earlier", 1000);
    resume(earlier, Map.of("epochs", "5"));
    Path again = unstarted(earlier);
    assertThat(resume(again, Map.of("epochs", "4")).epochs()).isEqualTo(4);

    Path stopped = directory.resolve("stopped");
    repeat(earlier, stopped, stopAfter(6));
    // The value that it has now anyway.
    assertThat(resume(stopped, Map.of("epochs", "3")).epochs()).isEqualTo(3);
    assertThat(manifest(stopped).has("changes")).isFalse();
  }

  @Test
  void saysWhatStaysThoughTheCommandLineDoesNotGiveIt() throws IOException {
    Path run = trained("run", 6);
    trainer.resume(run, Map.of("data-dir", directory.toString()), events, stopAfter(2));
    trainOrResume(run, configuration(), stopAfter(2));
    assertThat(notices())
        .contains("data-dir stays " + directory + "; the command line does not give it");
  }

  @Test
  void theRecordSaysWhenAndByWhichCommandsItWasTrained() throws IOException {
    Path run = directory.resolve("run");
    Trainer first = recording("train", "--epochs", "3");
    first.train(configuration(), run, events, stopAfter(6));
    recording("resume", "my run").resume(run, NONE, events, RunChangesTest::never);

    JsonNode record = manifest(run);
    assertThat(record.path("configuration").path("learning-rate").isDouble()).isTrue();
    assertThat(record.path("configuration").path("batch-size").intValue()).isEqualTo(16);
    assertThat(record.path("sessions")).hasSize(2);
    JsonNode resumed = record.path("sessions").path(1);
    assertThat(resumed.path("command"))
        .extracting(JsonNode::asText)
        .containsExactly("resume", "my run");
    assertThat(resumed.path("step").intValue()).isEqualTo(4);
    assertThat(resumed.path("threads").intValue()).isPositive();
    assertThat(Instant.parse(resumed.path("started").textValue()))
        .isAfterOrEqualTo(
            Instant.parse(record.path("sessions").path(0).path("started").textValue()));
  }

  private static Trainer recording(String... command) {
    return new Trainer(
        PluginRegistry.of(new TestingPlugin()),
        Clock.SYSTEM,
        new Invocation(List.of(command)),
        Cluster.NONE);
  }

  private static byte[] weights(Path run) throws IOException {
    try (var newest =
        CheckpointStore.forReading(run.resolve("checkpoints")).newestValid().checkpoint()) {
      return Files.readAllBytes(newest.weights().path());
    }
  }

  private static void assertSameWeights(Path expected, Path actual) throws IOException {
    assertThat(weights(actual)).isEqualTo(weights(expected));
  }
}
