package org.roundel.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.api.Options;
import org.roundel.api.dataset.Augmentation;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.Split;
import org.roundel.api.random.RandomSource;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.checkpoint.Checkpoint;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.checkpoint.NamedTensor;
import org.roundel.core.checkpoint.Safetensors;
import org.roundel.core.checkpoint.SafetensorsReader;
import org.roundel.core.config.ConfigurationFile;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.evaluation.CheckpointEvaluation;
import org.roundel.core.event.ConfusionMatrix;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.Evaluation;
import org.roundel.core.event.LayerStatistics;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.TestScored;
import org.roundel.core.natives.ComputeThreads;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.run.HistoryFile;
import org.roundel.core.run.RunPlace;

class TrainerTest {
  private static boolean never() {
    return false;
  }

  @TempDir Path directory;

  private final PluginRegistry registry = PluginRegistry.of(new TestingPlugin());
  private final Trainer trainer = new Trainer(registry, Clock.SYSTEM);
  private final RunEventsRecorder events = new RunEventsRecorder();

  private static RunConfiguration configuration(String quantizer, String... more) {
    Map<String, String> values = new HashMap<>();
    values.put("model", "softmax");
    values.put("quantizer", quantizer);
    values.put("optimizer", "momentum");
    values.put("schedule", "constant");
    values.put("dataset", "blobs");
    values.put("batch-size", "16");
    values.put("learning-rate", "0.2");
    values.put("epochs", "3");
    values.put("latent-error", "true");
    for (int index = 0; index < more.length; index += 2) {
      values.put(more[index], more[index + 1]);
    }
    return RunConfiguration.of(values);
  }

  @AfterEach
  void useAllProcessorsAgain() {
    ComputeThreads.set(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"full", "latent-sign", "latent-stochastic", "stored-stochastic", "flipping"})
  void learns(String quantizer) {
    RunResult result =
        trainer.train(
            configuration(quantizer, "epochs", "8"),
            directory.resolve("run"),
            events,
            TrainerTest::never);

    assertThat(result.interrupted()).isFalse();
    assertThat(result.epochs()).isEqualTo(8);
    // Chance is 2/3.
    assertThat(result.best().error()).isLessThan(0.34);
    assertThat(events.steps).hasSize(8 * 4);
    assertThat(events.epochs).hasSize(8);
    assertThat(events.evaluations).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    boolean latent = quantizer.startsWith("latent");
    assertThat(events.epochs)
        .allSatisfy(epoch -> assertThat(epoch.latentTest() != null).isEqualTo(latent));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "full",
        "latent-sign",
        "latent-stochastic",
        "stored-stochastic",
        "flipping",
        "averaging",
        "freezing"
      })
  void stoppedAtAnyStepAndResumedGivesTheSameBytes(String quantizer) throws IOException {
    Path whole = directory.resolve("whole");
    trainer.train(configuration(quantizer), whole, events, TrainerTest::never);

    // 12 updates, polled once before each and once in each test pass's batches.
    for (int polls = 1; polls <= 22; polls++) {
      Path stopped = directory.resolve("stopped-" + polls);
      RunResult first =
          trainer.train(
              configuration(quantizer), stopped, new RunEventsRecorder(), stopAfter(polls));
      if (first.interrupted()) {
        trainer.resume(stopped, Map.of(), new RunEventsRecorder(), TrainerTest::never);
      }
      assertSameRun(whole, stopped);
    }
  }

  @Test
  void stoppedAtEveryPollGivesTheSameBytes() throws IOException {
    Path whole = directory.resolve("whole");
    trainer.train(configuration("latent-stochastic"), whole, events, TrainerTest::never);
    Path stopped = directory.resolve("stopped");

    RunResult result =
        trainer.train(configuration("latent-stochastic"), stopped, events, stopAfter(2));
    int resumes = 0;
    while (result.interrupted()) {
      // An evaluation takes up to four polls; fewer would never get through one.
      result = trainer.resume(stopped, Map.of(), events, stopAfter(5));
      resumes++;
    }

    assertThat(resumes).isGreaterThan(2);
    assertSameRun(whole, stopped);
  }

  @Test
  void aRunFromAnotherRunsManifestGivesTheSameBytes() throws IOException {
    Path first = directory.resolve("first");
    trainer.train(
        configuration("latent-stochastic", "seed", "77"), first, events, TrainerTest::never);
    Map<String, String> values = ConfigurationFile.readManifest(first.resolve("manifest.json"));
    Path second = directory.resolve("second");
    RunEventsRecorder repeated = new RunEventsRecorder();

    trainer.train(
        new NewRun(
            RunConfiguration.of(values), first.resolve("manifest.json"), RunPlace.at(second)),
        repeated,
        TrainerTest::never);

    assertSameRun(first, second);
    assertThat(repeated.started.get(0).notices()).isEmpty();
  }

  @Test
  void repeatingOnAnotherMachineOrDatasetSaysWhatDiffers() throws IOException {
    Path first = directory.resolve("first");
    trainer.train(configuration("full"), first, events, stopAfter(1));
    Path manifest = first.resolve("manifest.json");
    String altered =
        Files.readString(manifest).replace("00000000", "11111111").replace("Linux", "Plan 9");
    Files.writeString(manifest, Sealed.manifest(altered));
    RunEventsRecorder repeated = new RunEventsRecorder();

    trainer.train(
        new NewRun(configuration("full"), manifest, RunPlace.at(directory.resolve("second"))),
        repeated,
        stopAfter(1));

    assertThat(repeated.started.get(0).notices())
        .anySatisfy(notice -> assertThat(notice).startsWith("dataset-sha256: 1111"));
    assertThat(repeated.started.get(0).notices()).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void anotherNumberOfThreadsGivesTheSameBytesAndIsToldOf() throws IOException {
    Path one = directory.resolve("one");
    Path three = directory.resolve("three");
    trainer.train(
        configuration("latent-stochastic", "threads", "1"), one, events, TrainerTest::never);
    RunEventsRecorder repeated = new RunEventsRecorder();

    RunResult result =
        trainer.train(
            new NewRun(
                configuration("latent-stochastic", "threads", "3"),
                one.resolve("manifest.json"),
                RunPlace.at(three)),
            repeated,
            stopAfter(6));
    RunEventsRecorder resumed = new RunEventsRecorder();
    trainer.resume(three, Map.of("threads", "2"), resumed, TrainerTest::never);

    assertThat(result.interrupted()).isTrue();
    assertThat(repeated.started.get(0).notices()).containsExactly("machine.threads: 1 then, 3 now");
    assertThat(resumed.started.get(0).notices())
        .containsExactly(
            "after 4 updates, threads becomes 2 (before: 3), as manifest.json records");
    assertSameRun(one, three);
  }

  @Test
  void anotherEngineIsToldByResumeAndRepetition() throws IOException {
    Path run = directory.resolve("run");
    trainer.train(configuration("latent-sign"), run, events, stopAfter(6));
    Path file = run.resolve("manifest.json");
    String manifest = Files.readString(file);
    assertThat(manifest).contains("\"engine\" : \"loops in Java\"");
    Files.writeString(file, Sealed.manifest(manifest.replace("loops in Java", "loops in C")));
    String notice = "engine: loops in C then, loops in Java now";

    RunEventsRecorder repeated = new RunEventsRecorder();
    trainer.train(
        new NewRun(configuration("latent-sign"), file, RunPlace.at(directory.resolve("again"))),
        repeated,
        stopAfter(6));
    assertThat(repeated.started.get(0).notices()).containsExactly(notice);

    RunEventsRecorder resumed = new RunEventsRecorder();
    trainer.resume(run, Map.of(), resumed, TrainerTest::never);
    assertThat(resumed.started.get(0).notices()).containsExactly(notice);
    assertThat(Files.readString(file)).contains("\"differences\" : [ \"" + notice);
  }

  @Test
  void anotherSeedGivesOtherBytes() throws IOException {
    trainer.train(
        configuration("latent-sign"), directory.resolve("first"), events, TrainerTest::never);
    trainer.train(
        configuration("latent-sign", "seed", "2"),
        directory.resolve("second"),
        events,
        TrainerTest::never);

    assertThat(weights(directory.resolve("first")))
        .isNotEqualTo(weights(directory.resolve("second")));
  }

  @Test
  void theNetsSavedWeightsAreOnTheGridAndTheLatentOnesBesideThem() {
    Path run = directory.resolve("run");
    trainer.train(configuration("latent-sign"), run, events, TrainerTest::never);

    try (Checkpoint checkpoint = newest(run)) {
      float[] weights = new float[12];
      checkpoint.weights().readFloats("layer/weight", FloatBuffer.wrap(weights));
      float[] latent = new float[12];
      checkpoint.training().readFloats("latent/layer/weight", FloatBuffer.wrap(latent));
      for (int index = 0; index < 12; index++) {
        assertThat(weights[index]).isEqualTo(latent[index] >= 0 ? 1f : -1f);
      }
      assertThat(checkpoint.training().tensors())
          .containsKeys("optimizer/velocity/layer/weight", "optimizer/velocity/layer/bias");
      assertThat(checkpoint.weights().tensors()).containsKey("layer/running-mean");
    }
  }

  @Test
  void aModelThatWrapsAnotherTrainsAsThatOneAndTheRecordSaysSo() throws IOException {
    Path plain = directory.resolve("plain");
    trainer.train(configuration("latent-sign"), plain, events, TrainerTest::never);
    Path wrapped = directory.resolve("wrapped");
    trainer.train(
        configuration("latent-sign", "model", "wrapped-softmax"),
        wrapped,
        new RunEventsRecorder(),
        TrainerTest::never);

    try (Checkpoint expected = newest(plain);
        Checkpoint found = newest(wrapped)) {
      assertThat(Files.readAllBytes(found.training().path()))
          .isEqualTo(Files.readAllBytes(expected.training().path()));
    }
    assertThat(Files.readString(wrapped.resolve("manifest.json"))).contains("\"model.softmax\"");
    assertThat(Files.readString(plain.resolve("manifest.json"))).doesNotContain("model.softmax");
  }

  @Test
  void aMethodsOwnArraysAreSavedAndLearnedAndTheWeightsItShipsAreEvaluated() {
    Path run = directory.resolve("run");
    trainer.train(configuration("averaging"), run, events, TrainerTest::never);

    try (Checkpoint checkpoint = newest(run)) {
      assertThat(read(checkpoint.training(), "quantizer/count/layer/weight", 1))
          .containsExactly(12);
      assertThat(read(checkpoint.training(), "quantizer/gradient-sum/layer/weight", 12))
          .as("written by the gradient's hook")
          .doesNotContain(0f);
      float[] average = read(checkpoint.training(), "quantizer/average/layer/weight", 12);
      float[] weights = read(checkpoint.weights(), "layer/weight", 12);
      for (int index = 0; index < 12; index++) {
        // After the last update the run's progress is 1.
        assertThat(weights[index]).isEqualTo(average[index] + 1);
      }
      float[] scale = read(checkpoint.training(), "quantizer/scale/layer/weight", 3);
      float[] velocity =
          read(checkpoint.training(), "quantizer-optimizer/velocity/scale/layer/weight", 3);
      for (int channel = 0; channel < 3; channel++) {
        assertThat(scale[channel]).isNotEqualTo(0.5f);
        assertThat(velocity[channel]).isNotZero();
      }
    }
  }

  @Test
  void theOptimizerHasNothingToDoWithWeightsThatTheQuantizerMoves() {
    Path run = directory.resolve("run");
    trainer.train(configuration("flipping"), run, events, TrainerTest::never);

    try (Checkpoint checkpoint = newest(run)) {
      for (float weight : read(checkpoint.weights(), "layer/weight", 12)) {
        assertThat(Math.abs(weight)).isEqualTo(1);
      }
      assertThat(checkpoint.training().tensors())
          .containsKeys("quantizer/mean/layer/weight", "optimizer/velocity/layer/bias")
          .doesNotContainKey("optimizer/velocity/layer/weight");
      assertThat(read(checkpoint.training(), "optimizer/velocity/layer/bias", 3))
          .doesNotContain(0f);
    }
    LayerStatistics layer = events.epochs.get(0).layers().get(0);
    assertThat(layer.moves()).as("flips are counted").isPositive();
    assertThat(layer.quantizationError()).as("nothing is rounded").isZero();
  }

  @Test
  void frozenWeightsStayInSpiteOfMomentumWhileTheRestIsTrained() {
    List<String> frozen =
        List.of(
            "latent/layer/weight",
            "optimizer/velocity/layer/weight",
            "quantizer/scale/layer/weight",
            "quantizer-optimizer/velocity/scale/layer/weight");
    List<String> trained = List.of("optimizer/velocity/layer/bias", "quantizer/count/layer/weight");
    Path run = directory.resolve("run");
    trainer.train(configuration("freezing"), run, events, stopAfter(14));
    Map<String, float[]> early = new HashMap<>();
    try (Checkpoint checkpoint = newest(run)) {
      assertThat(checkpoint.name()).isBetween("step-000000006", "step-000000011");
      for (String name : concat(frozen, trained)) {
        early.put(name, read(checkpoint.training(), name, length(name)));
      }
    }
    assertThat(early.get("optimizer/velocity/layer/weight")).doesNotContain(0);

    trainer.resume(run, Map.of(), events, TrainerTest::never);
    try (Checkpoint checkpoint = newest(run)) {
      assertThat(checkpoint.name()).isEqualTo("step-000000012");
      for (String name : frozen) {
        assertThat(read(checkpoint.training(), name, length(name)))
            .as(name)
            .isEqualTo(early.get(name));
      }
      for (String name : trained) {
        assertThat(read(checkpoint.training(), name, length(name)))
            .as(name)
            .isNotEqualTo(early.get(name));
      }
    }
  }

  private static List<String> concat(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  /** Returns the length of an array of the softmax model: 3 classes of 4 pixels. */
  private static int length(String name) {
    if (name.startsWith("quantizer/count")) {
      return 1;
    }
    return name.contains("scale") || name.endsWith("bias") ? 3 : 12;
  }

  @ParameterizedTest
  @CsvSource({
    "throws-in-quantize, 0, quantizer 'throws-in-quantize', no quantize today, 4",
    "throws-in-gradient, 0, quantizer 'throws-in-gradient', no gradient today, 4",
    "throws-in-after-update, 0, quantizer 'throws-in-after-update', no after-update today, 4",
    "throws-at-once, 0, quantizer 'throws-at-once', no after-update today, 0",
    "latent-sign, 7, model 'softmax', no gradients today, 6"
  })
  void aComponentThatThrowsInMidEpochLeavesACheckpointToGoOnFrom(
      String quantizer, String throwAt, String component, String said, int kept)
      throws IOException {
    Path run = directory.resolve("run");
    assertThatThrownBy(
            () ->
                trainer.train(
                    configuration(quantizer, "model.throw-at", throwAt),
                    run,
                    events,
                    TrainerTest::never))
        .asInstanceOf(type(RoundelException.class))
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.PLUGIN))
        .satisfies(failure -> assertThat(failure).hasRootCauseMessage(said))
        .extracting(Throwable::getMessage)
        .asString()
        .contains(
            component,
            "test-classes",
            kept == 0 ? "epoch 1 at update 1 of" : "epoch 2 at update 7 of",
            said,
            "checkpoint step-00000000" + kept,
            "roundel resume " + run);

    Path good = directory.resolve("good");
    // Each poll but the first comes after an update, or after one of an evaluation's four batches.
    int polls = 1 + kept + (kept == 0 ? 0 : 4);
    trainer.train(configuration(quantizer), good, events, stopAfter(polls));
    try (Checkpoint left = newest(run);
        Checkpoint stopped = newest(good)) {
      assertThat(left.name()).isEqualTo("step-00000000" + kept);
      assertThat(stopped.name()).isEqualTo(left.name());
      assertThat(Files.readAllBytes(left.weights().path()))
          .isEqualTo(Files.readAllBytes(stopped.weights().path()));
      assertThat(Files.readAllBytes(left.training().path()))
          .isEqualTo(Files.readAllBytes(stopped.training().path()));
    }
  }

  @Test
  void aModelThatThrowsWhileTheLatentErrorIsMeasuredIsNamedAndTheRunIsKept() {
    Path run = directory.resolve("run");
    String inEstimate = Integer.toString(SoftmaxModel.THROW_AT_ESTIMATE);
    assertThatThrownBy(
            () ->
                trainer.train(
                    configuration("latent-sign", "model.throw-at", inEstimate),
                    run,
                    events,
                    TrainerTest::never))
        .asInstanceOf(type(RoundelException.class))
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.PLUGIN))
        .extracting(Throwable::getMessage)
        .asString()
        .contains("model 'softmax'", "no estimate today", "The run is kept as checkpoint");
  }

  @Test
  void divergenceStopsTheRunAndKeepsTheStateBeforeIt() throws IOException {
    Path run = directory.resolve("run");
    Path good = directory.resolve("good");
    // Four updates and two passes over two test batches come before the tenth poll.
    trainer.train(configuration("latent-sign"), good, events, stopAfter(10));

    assertThatThrownBy(
            () ->
                trainer.train(
                    configuration("latent-sign", "model.diverge-at", "6"),
                    run,
                    events,
                    TrainerTest::never))
        .asInstanceOf(type(RoundelException.class))
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.DIVERGED))
        .extracting(Throwable::getMessage)
        .asString()
        .contains(
            "update 6",
            "gradient of layer/weight is not finite",
            "step-000000005",
            "learning-rate");

    // Five updates were made in either run: the checkpoints have the same bytes.
    try (Checkpoint diverged = newest(run);
        Checkpoint stopped = newest(good)) {
      assertThat(diverged.name()).isEqualTo("step-000000005");
      assertThat(stopped.name()).isEqualTo("step-000000005");
      assertThat(Files.readAllBytes(diverged.weights().path()))
          .isEqualTo(Files.readAllBytes(stopped.weights().path()));
      assertThat(Files.readAllBytes(diverged.training().path()))
          .isEqualTo(Files.readAllBytes(stopped.training().path()));
    }
  }

  @Test
  void whatIsToBeKnownOfTheDataIsToldAtEveryStartAndRecorded() throws IOException {
    Path run = directory.resolve("run");
    RunConfiguration configuration = configuration("full", "dataset.notice", "these are digits");
    trainer.train(configuration, run, events, stopAfter(1));
    assertThat(events.started.get(0).notices()).containsExactly("these are digits");
    assertThat(Files.readString(run.resolve("manifest.json")))
        .contains("\"dataset-notices\" : [ \"these are digits\" ]");

    RunEventsRecorder resumed = new RunEventsRecorder();
    trainer.resume(run, Map.of(), resumed, TrainerTest::never);
    assertThat(resumed.started.get(0).notices()).containsExactly("these are digits");
    assertThat(trainer.evaluate(run, "newest", OptionalInt.empty()).notices())
        .containsExactly("these are digits");
  }

  @Test
  void anImageThatCannotBeReadEndsTheRunWithItsMessage() {
    assertThatThrownBy(
            () ->
                trainer.train(
                    configuration("full", "dataset.fail-at", "3"),
                    directory.resolve("run"),
                    events,
                    TrainerTest::never))
        .isInstanceOf(RoundelException.class)
        .hasMessageContaining("image 3 is gone");
  }

  @Test
  void startsFromAnotherRunsWeightsAndSaysWhatMatched() {
    Path full = directory.resolve("full");
    trainer.train(configuration("full"), full, events, TrainerTest::never);
    RunEventsRecorder quantized = new RunEventsRecorder();

    trainer.train(
        configuration("latent-sign", "init-from", full.toString()),
        directory.resolve("quantized"),
        quantized,
        stopAfter(1));

    assertThat(quantized.started.get(0).notices())
        .containsExactly(
            "init-from: 3 of 3 parameters and buffers taken from "
                + full.resolve("checkpoints/step-000000012/weights.safetensors"));
    try (Checkpoint source = newest(full);
        Checkpoint start = newest(directory.resolve("quantized"))) {
      float[] weights = new float[12];
      source.weights().readFloats("layer/weight", FloatBuffer.wrap(weights));
      float[] latent = new float[12];
      start.training().readFloats("latent/layer/weight", FloatBuffer.wrap(latent));
      for (int index = 0; index < 12; index++) {
        assertThat(latent[index]).isEqualTo(Math.max(-1, Math.min(1, weights[index])));
      }
    }
  }

  /** Of types that Roundel does not know, as others' files have them, smaller than a byte too. */
  @Test
  void startsFromAFileThatHasTensorsOfOtherTypesBeside() throws IOException {
    String header =
        "{\"layer/bias\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]},"
            + "\"scales\":{\"dtype\":\"F8_E8M0\",\"shape\":[4],\"data_offsets\":[12,16]},"
            + "\"packed\":{\"dtype\":\"F4\",\"shape\":[3,2],\"data_offsets\":[16,19]},"
            + "\"layer/running-mean\":{\"dtype\":\"F4\",\"shape\":[4],\"data_offsets\":[19,21]}}";
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    Path file = directory.resolve("others.safetensors");
    Files.write(
        file,
        ByteBuffer.allocate(8 + text.length + 21)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(text.length)
            .put(text)
            .putFloat(7)
            .array());

    trainer.train(
        configuration("full", "init-from", file.toString()),
        directory.resolve("run"),
        events,
        stopAfter(1));

    String notices = String.join("\n", events.started.get(0).notices());
    assertThat(notices)
        .contains(
            "scales",
            "packed",
            "layer/running-mean starts fresh: the file has F4 [4], the net F32 [4]");
    try (Checkpoint start = newest(directory.resolve("run"))) {
      assertThat(read(start.weights(), "layer/bias", 3)).containsExactly(7, 0, 0);
    }
  }

  @Test
  void listsABoundedNumberOfWhatAForeignFileDoesNotGive() throws IOException {
    Path file = directory.resolve("foreign.safetensors");
    List<NamedTensor> tensors = new ArrayList<>();
    tensors.add(NamedTensor.floats("layer/weight", FloatBuffer.allocate(6), 3, 2));
    tensors.add(NamedTensor.floats("layer/bias", FloatBuffer.allocate(3), 3));
    for (int number = 10; number < 25; number++) {
      tensors.add(NamedTensor.floats("foreign-" + number, FloatBuffer.allocate(1), 1));
    }
    Safetensors.write(file, tensors, Map.of());
    RunEventsRecorder started = new RunEventsRecorder();

    trainer.train(
        configuration("latent-sign", "init-from", file.toString()),
        directory.resolve("run"),
        started,
        stopAfter(1));

    assertThat(started.started.get(0).notices())
        .containsExactly(
            "init-from: 1 of 3 parameters and buffers taken from " + file,
            "init-from: layer/weight starts fresh: the file has F32 [3, 2], the net F32 [3, 4, 1,"
                + " 1]",
            "init-from: layer/running-mean starts fresh: it is not in the file",
            "init-from: in the file only: foreign-10, foreign-11, foreign-12, foreign-13,"
                + " foreign-14, foreign-15, foreign-16, foreign-17, foreign-18, foreign-19 and 5"
                + " more");
  }

  private static Evaluation latent(CheckpointEvaluation evaluation) {
    return Objects.requireNonNull(evaluation.latentTest()).evaluation();
  }

  @Test
  void everyEpochsClassesGiveItsErrorAndAreThoseOfEvaluatingAgain() {
    Path run = directory.resolve("run");
    trainer.train(configuration("latent-stochastic"), run, events, TrainerTest::never);

    assertThat(events.scored).extracting(TestScored::epoch).containsExactly(1, 2, 3);
    for (EpochCompleted epoch : events.epochs) {
      ConfusionMatrix confusion = events.scored.get(epoch.epoch() - 1).classes().confusion();
      assertThat(confusion.error()).isEqualTo(epoch.test().error());
      assertThat(confusion.images()).isEqualTo(epoch.test().images());
    }
    CheckpointEvaluation evaluation = trainer.evaluate(run, "newest", OptionalInt.empty());
    ConfusionMatrix last = events.scored.get(2).classes().confusion();
    ConfusionMatrix again = evaluation.test().classes().confusion();
    assertThat(again.confusions()).isEqualTo(last.confusions());
    assertThat(evaluation.wrong().mistakes()).hasSize((int) (last.images() * last.error()));
    assertThat(evaluation.wrong().mistakes())
        .allSatisfy(
            mistake -> {
              assertThat(mistake.predicted()).isNotEqualTo(mistake.actual());
              assertThat(mistake.image()).hasSize(4);
            });
  }

  @Test
  void evaluatingAgainGivesTheErrorThatTheRunReported() {
    Path run = directory.resolve("run");
    trainer.train(configuration("latent-stochastic"), run, events, TrainerTest::never);
    EpochCompleted last = events.epochs.get(2);

    CheckpointEvaluation evaluation = trainer.evaluate(run, "newest", OptionalInt.empty());

    assertThat(evaluation.test().evaluation()).isEqualTo(last.test());
    assertThat(latent(evaluation)).isEqualTo(last.latentTest());
    assertThat(evaluation.step()).isEqualTo(12);
    double best =
        events.epochs.stream().mapToDouble(epoch -> epoch.test().error()).min().orElseThrow();
    assertThat(trainer.evaluate(run, "best", OptionalInt.empty()).test().evaluation().error())
        .isEqualTo(best);
    assertThatThrownBy(() -> trainer.evaluate(run, "step-000000099", OptionalInt.empty()))
        .hasMessageContaining("step-000000099");
  }

  @Test
  void whatShipsIsSavedAndEvaluatedWithStatisticsOfItsOwn() {
    Path run = directory.resolve("run");
    trainer.train(configuration("averaging"), run, events, TrainerTest::never);

    try (Checkpoint checkpoint = newest(run)) {
      float[] weights = read(checkpoint.weights(), "layer/weight", 12);
      float[] shipped = read(checkpoint.weights(), "layer/running-mean", 4);
      float[] training = read(checkpoint.training(), "buffer/layer/running-mean", 4);
      double[] images = meanImage();
      for (int input = 0; input < 4; input++) {
        double expected = weights[input] * images[input];
        assertThat((double) shipped[input])
            .isCloseTo(expected, within(1e-5 * (1 + Math.abs(expected))));
        assertThat(training[input]).isNotEqualTo(shipped[input]);
      }
    }
    CheckpointEvaluation evaluation = trainer.evaluate(run, "newest", OptionalInt.empty());
    assertThat(evaluation.test().evaluation()).isEqualTo(events.epochs.get(2).test());
    assertThat(latent(evaluation)).isEqualTo(events.epochs.get(2).latentTest());
  }

  @Test
  void aMethodThatShipsWhatItTrainsWithHasItsStatisticsOnceOnly() {
    Path run = directory.resolve("run");
    trainer.train(configuration("latent-stochastic"), run, events, TrainerTest::never);

    try (Checkpoint checkpoint = newest(run)) {
      assertThat(checkpoint.training().tensors()).doesNotContainKey("buffer/layer/running-mean");
    }
  }

  /** The loss of softmax regression, computed here in double precision. */
  @Test
  void theLatentErrorIsMeasuredWithStatisticsOfTheLatentWeights() throws IOException {
    Path run = directory.resolve("run");
    trainer.train(configuration("latent-sign"), run, events, TrainerTest::never);

    double loss = 0;
    try (Checkpoint checkpoint = newest(run);
        Dataset blobs =
            new TestingPlugin()
                .datasets()
                .get(0)
                .create(
                    Options.defaults(new TestingPlugin().datasets().get(0).options()), directory)) {
      float[] latent = read(checkpoint.training(), "latent/layer/weight", 12);
      float[] bias = read(checkpoint.weights(), "layer/bias", 3);
      double[] images = meanImage();
      FloatBuffer image = FloatBuffer.allocate(4);
      for (int index = 0; index < 30; index++) {
        int label = blobs.read(Split.TEST, index, null, image.clear());
        double sum = 0;
        double right = 0;
        for (int output = 0; output < 3; output++) {
          double score = bias[output];
          for (int input = 0; input < 4; input++) {
            score += latent[output * 4 + input] * image.get(input);
            score += output == 0 ? 0.01 * latent[input] * images[input] : 0;
          }
          sum += Math.exp(score);
          right = output == label ? score : right;
        }
        loss += (Math.log(sum) - right) / 30;
      }
    }
    assertThat(Objects.requireNonNull(events.epochs.get(2).latentTest()).loss())
        .isCloseTo(loss, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"latent-stochastic", "averaging"})
  void measuringTheLatentErrorChangesNoByteOfTheRun(String quantizer) throws IOException {
    Path with = directory.resolve("with");
    Path without = directory.resolve("without");
    trainer.train(configuration(quantizer), with, events, TrainerTest::never);
    RunEventsRecorder plain = new RunEventsRecorder();
    trainer.train(
        configuration(quantizer, "latent-error", "false"), without, plain, TrainerTest::never);

    assertThat(plain.epochs)
        .hasSize(3)
        .allSatisfy(epoch -> assertThat(epoch.latentTest()).isNull());
    for (int epoch = 0; epoch < 3; epoch++) {
      assertThat(plain.epochs.get(epoch).test()).isEqualTo(events.epochs.get(epoch).test());
      assertThat(plain.epochs.get(epoch).train()).isEqualTo(events.epochs.get(epoch).train());
    }
    try (Checkpoint first = newest(with);
        Checkpoint second = newest(without)) {
      assertThat(Files.readAllBytes(second.weights().path()))
          .isEqualTo(Files.readAllBytes(first.weights().path()));
      assertThat(Files.readAllBytes(second.training().path()))
          .isEqualTo(Files.readAllBytes(first.training().path()));
    }
  }

  /** Returns the mean of the images that statistics are estimated on, those of an epoch 0. */
  private static double[] meanImage() {
    double[] mean = new double[4];
    for (int index = 0; index < 58; index++) {
      RandomSource noise = Augmentation.of(1, 0, index).random();
      for (int pixel = 0; pixel < 4; pixel++) {
        mean[pixel] += ((pixel == index % 3 ? 2 : 0) + 0.5 * noise.normal(pixel)) / 58;
      }
    }
    return mean;
  }

  @Test
  void aDamagedCheckpointIsPassedOverAndNamed() throws IOException {
    Path run = directory.resolve("run");
    Path whole = directory.resolve("whole");
    trainer.train(configuration("stored-stochastic"), whole, events, TrainerTest::never);
    trainer.train(configuration("stored-stochastic"), run, events, stopAfter(10));
    Path newest =
        run.resolve("checkpoints")
            .resolve(CheckpointStore.forReading(run.resolve("checkpoints")).newest().orElseThrow());
    byte[] weights = Files.readAllBytes(newest.resolve("weights.safetensors"));
    weights[weights.length - 1] ^= 1;
    Files.write(newest.resolve("weights.safetensors"), weights);
    RunEventsRecorder resumed = new RunEventsRecorder();

    trainer.resume(run, Map.of(), resumed, TrainerTest::never);

    assertThat(resumed.started.get(0).notices())
        .anySatisfy(notice -> assertThat(notice).contains("is damaged", "weights.safetensors"));
    assertSameRun(whole, run);
  }

  @Test
  void everyMistakeIsReportedAtOnceAndLeavesNoDirectory() {
    Path run = directory.resolve("run");
    RunConfiguration wrong =
        configuration(
            "latent-sing", "optimizer", "sgd", "model.diverge-at", "-2", "dataset.fial-at", "1");

    assertThatThrownBy(() -> trainer.train(wrong, run, events, TrainerTest::never))
        .isInstanceOf(RoundelException.class)
        .hasMessageContaining("has 4 problems")
        .hasMessageContaining("latent-sign")
        .hasMessageContaining("momentum")
        .hasMessageContaining("'-2' is out of range")
        .hasMessageContaining("fail-at");
    assertThat(run).doesNotExist();
  }

  @Test
  void aPatternThatSelectsNothingIsAMistake() {
    assertThatThrownBy(
            () ->
                trainer.train(
                    configuration("latent-sign", "quantize", "conv*"),
                    directory.resolve("run"),
                    events,
                    TrainerTest::never))
        .hasMessageContaining("'conv*' matches no parameter")
        .hasMessageContaining("layer/weight, layer/bias");
  }

  @Test
  void statisticsCountWhatChanged() {
    trainer.train(
        configuration("stored-stochastic", "epochs", "7"),
        directory.resolve("run"),
        events,
        TrainerTest::never);

    LayerStatistics early = events.epochs.get(3).layers().get(0);
    LayerStatistics late = events.epochs.get(6).layers().get(0);
    assertThat(early.parameter()).isEqualTo("layer/weight");
    assertThat(early.changedInFiveEpochs()).isNull();
    assertThat(late.changedInFiveEpochs()).isBetween(0.0, 1.0);
    assertThat(late.moves()).isGreaterThan(early.moves());
    assertThat(late.latentGap()).isZero();
    // Rounding to a grid with step 1/4 moves a weight by less than 1/4.
    assertThat(late.quantizationError()).isBetween(0.0, 0.25);
  }

  private static BooleanSupplier stopAfter(int polls) {
    int[] count = {0};
    return () -> ++count[0] >= polls;
  }

  private static Checkpoint newest(Path run) {
    return CheckpointStore.forReading(run.resolve("checkpoints")).newestValid().checkpoint();
  }

  private static byte[] weights(Path run) throws IOException {
    try (Checkpoint checkpoint = newest(run)) {
      return Files.readAllBytes(checkpoint.weights().path());
    }
  }

  private static float[] read(SafetensorsReader file, String name, int length) {
    float[] values = new float[length];
    file.readFloats(name, FloatBuffer.wrap(values));
    return values;
  }

  private static void assertSameRun(Path expected, Path actual) throws IOException {
    try (Checkpoint first = newest(expected);
        Checkpoint second = newest(actual)) {
      assertThat(second.name()).isEqualTo(first.name());
      assertThat(Files.readAllBytes(second.weights().path()))
          .isEqualTo(Files.readAllBytes(first.weights().path()));
      assertThat(Files.readAllBytes(second.training().path()))
          .isEqualTo(Files.readAllBytes(first.training().path()));
      assertThat(withoutTimes(List.of(second.state())))
          .isEqualTo(withoutTimes(List.of(first.state())));
    }
    assertThat(withoutTimes(HistoryFile.read(actual.resolve("history.jsonl"))))
        .isEqualTo(withoutTimes(HistoryFile.read(expected.resolve("history.jsonl"))));
  }

  /**
   * Leaves out the run's name and configuration, what tells the time, and the length of the
   * history, which has times in it.
   */
  private static List<ObjectNode> withoutTimes(List<ObjectNode> lines) {
    List<ObjectNode> result = new ArrayList<>();
    for (ObjectNode line : lines) {
      result.add(
          line.deepCopy()
              .without(
                  List.of("seconds", "imagesPerSecond", "historyLength", "run", "configuration")));
    }
    return result;
  }
}
