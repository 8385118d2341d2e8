package org.roundel.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.Clock;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.api.Options;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.dataset.Augmentation;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.Split;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.optimizer.OptimizerFactory;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.api.schedule.LearningRateScheduleFactory;
import org.roundel.core.RoundelException;
import org.roundel.core.checkpoint.Checkpoint;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.FinalTest;
import org.roundel.core.event.RunResult;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.record.EventJson;
import org.roundel.core.record.RunManifest;
import org.roundel.core.record.RunRecord;
import org.roundel.core.run.RunPlace;

/** Training images that are held out choose the best checkpoint, and may end the run. */
class ValidationTest {
  private static final int HELD_OUT = 15;
  private static final int TEST_IMAGES = 30;

  @TempDir private Path directory;

  private final AtomicInteger testReads = new AtomicInteger();
  private final Trainer trainer = new Trainer(PluginRegistry.of(new Counted()), Clock.SYSTEM);
  private final RunEventsRecorder events = new RunEventsRecorder();

  /** The testing plugin, with images that count how often test images are read. */
  private final class Counted implements RoundelPlugin {
    private final TestingPlugin testing = new TestingPlugin();

    @Override
    public List<ModelFactory> models() {
      return testing.models();
    }

    @Override
    public List<QuantizerFactory> quantizers() {
      return testing.quantizers();
    }

    @Override
    public List<OptimizerFactory> optimizers() {
      return testing.optimizers();
    }

    @Override
    public List<LearningRateScheduleFactory> schedules() {
      return testing.schedules();
    }

    @Override
    public List<DatasetFactory> datasets() {
      DatasetFactory blobs = testing.datasets().get(0);
      return List.of(
          new DatasetFactory() {
            @Override
            public String name() {
              return "blobs";
            }

            @Override
            public String description() {
              return blobs.description();
            }

            @Override
            public Dataset create(Options options, Path files) throws IOException {
              return new CountingDataset(blobs.create(Options.defaults(blobs.options()), files)) {
                @Override
                public int read(
                    Split split, int index, @Nullable Augmentation augmentation, FloatBuffer image)
                    throws IOException {
                  if (split == Split.TEST) {
                    testReads.incrementAndGet();
                  }
                  return super.read(split, index, augmentation, image);
                }
              };
            }
          });
    }
  }

  private static RunConfiguration configuration(String... more) {
    Map<String, String> values = new HashMap<>();
    values.put("model", "softmax");
    values.put("quantizer", "latent-stochastic");
    values.put("schedule", "shrinking");
    values.put("optimizer", "momentum");
    values.put("dataset", "blobs");
    values.put("batch-size", "16");
    values.put("learning-rate", "0.2");
    values.put("epochs", "4");
    values.put("validation", "0.25");
    for (int index = 0; index < more.length; index += 2) {
      values.put(more[index], more[index + 1]);
    }
    return RunConfiguration.of(values);
  }

  private static boolean never() {
    return false;
  }

  private RunResult train(Path run, String... more) {
    return trainer.train(configuration(more), run, events, ValidationTest::never);
  }

  private RunResult resume(Path run, Map<String, String> changes) {
    return trainer.resume(run, changes, events, ValidationTest::never);
  }

  private static byte[] weights(Path run) throws IOException {
    CheckpointStore store = CheckpointStore.forReading(run.resolve("checkpoints"));
    try (Checkpoint checkpoint = store.newestValid().checkpoint()) {
      return Files.readAllBytes(checkpoint.weights().path());
    }
  }

  /** What two runs must have in common whose results are the same: all but times. */
  private static void assertSameEnd(Path run, Path other) throws IOException {
    assertThat(weights(run)).isEqualTo(weights(other));
    assertThat(Files.readString(run.resolve("test.json")))
        .isEqualTo(Files.readString(other.resolve("test.json")));
    List<EpochCompleted> epochs = RunRecord.read(run).epochs();
    List<EpochCompleted> others = RunRecord.read(other).epochs();
    assertThat(epochs)
        .extracting(EpochCompleted::test)
        .isEqualTo(others.stream().map(EpochCompleted::test).toList());
  }

  @Test
  void epochsAreEvaluatedOnImagesHeldOutAndTheBestOneMeetsTheTestImagesOnce() throws IOException {
    Path run = directory.resolve("run");
    RunResult result = train(run);

    assertThat(events.started.get(0).trainImages()).isEqualTo(58 - HELD_OUT);
    assertThat(events.started.get(0).testImages()).isEqualTo(TEST_IMAGES);
    assertThat(events.started.get(0).notices())
        .containsExactly(
            "15 of the 58 training images are held out for validation; the test images are met"
                + " once, by the best checkpoint, when the run has ended");
    assertThat(events.epochs)
        .hasSize(4)
        .allSatisfy(epoch -> assertThat(epoch.validated()).isTrue())
        .allSatisfy(epoch -> assertThat(epoch.test().images()).isEqualTo(HELD_OUT));
    assertThat(events.scored).allSatisfy(scored -> assertThat(scored.validated()).isTrue());
    assertThat(testReads).hasValue(TEST_IMAGES);
    FinalTest test = Objects.requireNonNull(result.test());
    assertThat(events.tested).singleElement().extracting(t -> t.result()).isEqualTo(test);
    assertThat(events.tested.get(0).classes().confusion().images()).isEqualTo(TEST_IMAGES);
    assertThat(test.epochs()).isEqualTo(4);
    assertThat(test.epoch()).isEqualTo(result.best().epoch());
    assertThat(test.test().images()).isEqualTo(TEST_IMAGES);
    assertThat(result.patience()).isZero();
    assertThat(RunRecord.read(run).test()).isEqualTo(test);
    assertThat(RunRecord.read(run).isFinished()).isTrue();
    assertThat(Files.readAllLines(run.resolve("history.jsonl")))
        .hasSize(4)
        .allSatisfy(line -> assertThat(line).contains("\"validation\":{").doesNotContain("\"test"));

    assertThat(trainer.evaluate(run, "best", OptionalInt.empty()).test().evaluation())
        .as("roundel evaluate stays on the test images")
        .isEqualTo(test.test());
  }

  private List<String> noticesOf(String... settings) {
    train(directory.resolve("run" + events.started.size()), settings);
    return events.started.get(events.started.size() - 1).notices().stream()
        .filter(notice -> notice.contains("were trained on"))
        .toList();
  }

  /** The errors of images that an earlier run knows say nothing of others. */
  @Test
  void anEarlierRunThatTrainedOnWhatIsHeldOutIsToldOf() throws IOException {
    Path all = directory.resolve("all");
    train(all, "validation", "0", "seed", "7");
    Path same = directory.resolve("same");
    train(same);
    Path other = directory.resolve("other");
    train(other, "seed", "7");

    assertThat(noticesOf("init-from", all.toString()))
        .containsExactly(
            "init-from: 15 of the 15 images that are held out for validation here were trained on"
                + " by the run of "
                + all
                + ", so the validation error is lower than it should be; with one seed and one"
                + " share of validation, both hold out the same");
    assertThat(noticesOf("init-from", same.toString())).isEmpty();
    assertThat(noticesOf("init-from", same.toString(), "validation", "0.1")).isEmpty();
    assertThat(noticesOf("init-from", all.toString(), "validation", "0")).isEmpty();
    Path weights;
    try (Checkpoint newest =
        CheckpointStore.forReading(other.resolve("checkpoints")).newestValid().checkpoint()) {
      weights = newest.weights().path();
    }
    assertThat(noticesOf("init-from", weights.toString(), "teacher", all.toString()))
        .satisfiesExactly(
            first -> assertThat(first).matches("init-from: 1?[0-9] of the 15 images .*"),
            second -> assertThat(second).startsWith("teacher: 15 of the 15 images"));
    Path alone = Files.copy(weights, directory.resolve("alone.safetensors"));
    assertThat(noticesOf("init-from", alone.toString())).isEmpty();
  }

  @Test
  void withoutValidationNothingIsWrittenBesideTheEpochs() throws IOException {
    Path run = directory.resolve("run");
    RunResult result = train(run, "validation", "0");
    assertThat(result.test()).isNull();
    assertThat(events.tested).isEmpty();
    assertThat(run.resolve("test.json")).doesNotExist();
    assertThat(testReads).hasValue(4 * TEST_IMAGES);
    assertThat(Files.readString(run.resolve("history.jsonl")))
        .contains("\"test\":{")
        .doesNotContain("valid");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 7, 12})
  void aStoppedRunGoesOnToTheSameBytes(int polls) throws IOException {
    Path whole = directory.resolve("whole");
    Path run = directory.resolve("run");
    train(whole);
    int[] count = {0};
    trainer.train(configuration(), run, events, () -> ++count[0] >= polls);
    assertThat(run.resolve("test.json")).doesNotExist();
    resume(run, Map.of());
    assertSameEnd(run, whole);
  }

  @Test
  void aTestThatWasInterruptedIsMadeWhenTheRunIsResumed() throws IOException {
    Path whole = directory.resolve("whole");
    Path run = directory.resolve("run");
    train(whole);
    AtomicBoolean stop = new AtomicBoolean();
    RunEventsRecorder listener =
        new RunEventsRecorder() {
          @Override
          public void epochCompleted(EpochCompleted event) {
            super.epochCompleted(event);
            stop.set(event.epoch() == 4);
          }
        };
    RunResult stopped = trainer.train(configuration(), run, listener, stop::get);
    assertThat(stopped.interrupted()).isTrue();
    assertThat(stopped.epochs()).isEqualTo(4);
    assertThat(stopped.test()).isNull();
    assertThat(run.resolve("test.json")).doesNotExist();
    assertThat(RunRecord.read(run).isFinished()).isFalse();

    RunResult resumed = resume(run, Map.of());
    assertThat(resumed.interrupted()).isFalse();
    assertThat(resumed.alreadyFinished()).isFalse();
    assertThat(resumed.last()).isNotNull();
    assertThat(resumed.test()).isNotNull();
    assertSameEnd(run, whole);

    testReads.set(0);
    RunResult again = resume(run, Map.of());
    assertThat(again.alreadyFinished()).isTrue();
    assertThat(told(again)).isEqualTo(told(resumed));
    assertThat(testReads).as("not met again").hasValue(0);
  }

  /** Returns what programs are told of an end, but whether it was there before. */
  private static JsonNode told(RunResult result) {
    assertThat(result.test()).isNotNull();
    return EventJson.of(result).without("alreadyFinished");
  }

  @Test
  void aRunEndsAfterItsPatienceAndGoesOnWithMore() throws IOException {
    Path run = directory.resolve("run");
    RunResult result = train(run, "epochs", "40", "patience", "2");
    assertThat(result.interrupted()).isFalse();
    assertThat(result.epochs()).isLessThan(40).isEqualTo(result.best().epoch() + 2);
    assertThat(result.patience()).isEqualTo(2);
    assertThat(Objects.requireNonNull(result.test()).epoch()).isEqualTo(result.best().epoch());
    assertThat(RunRecord.read(run).isFinished()).isTrue();

    RunResult again = resume(run, Map.of());
    assertThat(again.alreadyFinished()).isTrue();
    assertThat(again.patience()).isEqualTo(2);
    assertThat(told(again)).isEqualTo(told(result));
    RunResult longer = resume(run, Map.of("epochs", "50"));
    assertThat(longer.alreadyFinished()).as("patience counts, not epochs").isTrue();
    resume(run, Map.of("epochs", "40"));

    Path patient = directory.resolve("patient");
    train(patient, "epochs", "40");
    RunResult on = resume(run, Map.of("patience", "0"));
    assertThat(on.epochs()).isEqualTo(40);
    assertThat(on.patience()).isZero();
    assertThat(Objects.requireNonNull(on.test()).epochs()).isEqualTo(40);
    assertThat(events.started.get(events.started.size() - 1).notices())
        .anyMatch(notice -> notice.startsWith("the test images were met before"));
    assertSameEnd(run, patient);

    Path repeated = directory.resolve("repeated");
    Path manifest = run.resolve("manifest.json");
    trainer.train(
        new NewRun(
            RunManifest.read(manifest).configurations().start(), manifest, RunPlace.at(repeated)),
        events,
        ValidationTest::never);
    assertSameEnd(repeated, run);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 6, 9})
  void patienceIsCountedAcrossAStop(int polls) throws IOException {
    Path whole = directory.resolve("whole");
    Path run = directory.resolve("run");
    RunResult expected = train(whole, "epochs", "40", "patience", "3");
    BooleanSupplier stop = stopEvery(polls);
    RunResult result =
        trainer.train(configuration("epochs", "40", "patience", "3"), run, events, stop);
    while (result.interrupted()) {
      result = trainer.resume(run, Map.of(), events, stopEvery(polls));
    }
    assertThat(result.epochs()).isEqualTo(expected.epochs());
    assertThat(result.patience()).isEqualTo(3);
    assertSameEnd(run, whole);
  }

  /** Often enough to be in every epoch, and not before the first update or batch. */
  private static BooleanSupplier stopEvery(int polls) {
    int[] count = {0};
    return () -> ++count[0] > polls;
  }

  @Test
  void patienceNeedsImagesThatAreHeldOut() {
    assertThatThrownBy(() -> configuration("validation", "0", "patience", "3"))
        .isInstanceOf(RoundelException.class)
        .hasMessage(
            "patience is 3, but validation is 0: a run that ends by the error on the test images"
                + " chooses by them, and that error says too little then; set validation too, as"
                + " in 0.1, or leave patience at 0");
    Path run = directory.resolve("run");
    train(run, "validation", "0");
    assertThatThrownBy(() -> resume(run, Map.of("patience", "3")))
        .isInstanceOf(RoundelException.class)
        .hasMessageStartingWith("patience is 3, but validation is 0");
  }

  @Test
  void aShareOfTheImagesThatIsNoneIsRefusedBeforeAnythingIsWritten() {
    Path run = directory.resolve("run");
    assertThatThrownBy(() -> train(run, "validation", "0.001"))
        .isInstanceOf(RoundelException.class)
        .hasMessageStartingWith("validation is 0.001, which of 58 training images leaves none");
    assertThat(run).doesNotExist();
  }

  @Test
  void aDamagedResultIsToldWithWhatToDo() throws IOException {
    Path run = directory.resolve("run");
    train(run);
    String whole = Files.readString(run.resolve("test.json")).strip();
    Map<String, String> faults =
        Map.of(
            "{\"epochs\": 4}",
            "lacks epoch",
            whole.replaceFirst("\\{", "{\"epochs\": 4,"),
            "names the field 'epochs' twice",
            whole + " {}",
            "is not well-formed JSON",
            whole + " ".repeat(1 << 20),
            "bytes; allowed: at most 1048576");
    for (Map.Entry<String, String> fault : faults.entrySet()) {
      Files.writeString(run.resolve("test.json"), fault.getKey());
      assertThatThrownBy(() -> RunRecord.read(run))
          .isInstanceOf(RoundelException.class)
          .hasMessageContaining("test.json")
          .hasMessageContaining(fault.getValue())
          .hasMessageEndingWith(
              ". Delete it; 'roundel resume' then evaluates the run's best checkpoint anew");
    }
  }
}
