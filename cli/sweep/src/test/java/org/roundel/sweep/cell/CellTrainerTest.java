package org.roundel.sweep.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.RoundelException;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.record.RunRecord;
import org.roundel.core.run.RunDirectory;
import org.roundel.core.training.TestingPlugin;
import org.roundel.core.training.Trainer;

/** A cell gets to its end from every state that it can be found in. */
class CellTrainerTest {
  private static final TrainingListener SILENT = new TrainingListener() {};

  @TempDir Path directory;

  private final CellTrainer trainer =
      new CellTrainer(new Trainer(PluginRegistry.of(new TestingPlugin()), Clock.SYSTEM));

  private static Cell cell(String... more) {
    Map<String, String> values = new HashMap<>();
    values.put("model", "softmax");
    values.put("quantizer", "latent-stochastic");
    values.put("optimizer", "momentum");
    values.put("schedule", "constant");
    values.put("dataset", "blobs");
    values.put("batch-size", "16");
    values.put("epochs", "3");
    for (int index = 0; index < more.length; index += 2) {
      values.put(more[index], more[index + 1]);
    }
    return new Cell("blobs-seed-1", RunConfiguration.of(values));
  }

  private static BooleanSupplier stopAfter(int polls) {
    AtomicInteger left = new AtomicInteger(polls);
    return () -> left.decrementAndGet() < 0;
  }

  private CellOutcome train(Cell cell, Path where, BooleanSupplier stop) {
    return trainer.train(cell, where, SILENT, stop).outcome();
  }

  private @Nullable Throwable failure(Cell cell, Path where) {
    CellEnd end = trainer.train(cell, where, SILENT, () -> false);
    assertThat(end.outcome()).isEqualTo(CellOutcome.FAILED);
    return end.failure();
  }

  private static byte[] weights(Path run) throws IOException {
    return Files.readAllBytes(run.resolve("checkpoints/step-000000012/weights.safetensors"));
  }

  @Test
  void trainsOnceAndFindsItAgain() throws IOException {
    Path run = directory.resolve("run");
    assertThat(trainer.isFinished(cell(), run)).isFalse();
    assertThat(train(cell(), run, () -> false)).isEqualTo(CellOutcome.TRAINED);
    byte[] history = Files.readAllBytes(run.resolve("history.jsonl"));
    assertThat(train(cell(), run, () -> false)).isEqualTo(CellOutcome.FOUND);
    assertThat(Files.readAllBytes(run.resolve("history.jsonl"))).isEqualTo(history);
    assertThat(trainer.isFinished(cell(), run)).isTrue();
    RunRecord record = trainer.read(cell(), run);
    assertThat(record.epochs()).extracting("epoch").containsExactly(1, 2, 3);
    assertThat(record.epochs().get(2).layers())
        .allSatisfy(l -> assertThat(l.weights()).isEqualTo(12));
  }

  @Test
  void goesOnAfterAnInterruptionToTheSameBytes() throws IOException {
    Path whole = directory.resolve("whole");
    train(cell(), whole, () -> false);
    Path stopped = directory.resolve("stopped");
    assertThat(train(cell(), stopped, stopAfter(6))).isEqualTo(CellOutcome.INTERRUPTED);
    assertThat(trainer.isFinished(cell(), stopped)).isFalse();
    assertThat(train(cell(), stopped, () -> false)).isEqualTo(CellOutcome.TRAINED);
    assertThat(weights(stopped)).isEqualTo(weights(whole));
  }

  @Test
  void startsAgainWhereACrashLeftNoWholeCheckpoint() throws IOException {
    Path whole = directory.resolve("whole");
    train(cell(), whole, () -> false);
    Path crashed = directory.resolve("crashed");
    Files.createDirectories(crashed.resolve("checkpoints/.writing-step-000000004"));
    Files.writeString(
        crashed.resolve("checkpoints/.writing-step-000000004/weights.safetensors"), "half");
    Files.copy(whole.resolve("manifest.json"), crashed.resolve("manifest.json"));
    Files.copy(whole.resolve("config.yaml"), crashed.resolve("config.yaml"));
    Files.writeString(crashed.resolve("history.jsonl"), "");
    assertThat(train(cell(), crashed, () -> false)).isEqualTo(CellOutcome.TRAINED);
    assertThat(weights(crashed)).isEqualTo(weights(whole));
  }

  @Test
  void aFinishedCellNeedsNoCheckpointsAndAnUnfinishedOneIsNotStartedAgain() throws IOException {
    Path run = directory.resolve("run");
    train(cell(), run, stopAfter(8));
    Files.move(run.resolve("checkpoints"), directory.resolve("away"));
    assertThat(failure(cell(), run)).hasMessageContaining("they are missing: put them back");
    Files.move(directory.resolve("away"), run.resolve("checkpoints"));
    assertThat(train(cell(), run, () -> false)).isEqualTo(CellOutcome.TRAINED);
    Files.move(run.resolve("checkpoints"), directory.resolve("away"));
    assertThat(train(cell(), run, () -> false)).isEqualTo(CellOutcome.FOUND);
  }

  @Test
  void leavesACheckpointAloneEvenWithoutConfiguration() throws IOException {
    Path run = directory.resolve("run");
    train(cell(), run, () -> false);
    Files.delete(run.resolve("manifest.json"));
    assertThat(failure(cell(), run))
        .isInstanceOf(RoundelException.class)
        .hasMessageContaining("has config.yaml, which a run would write over");
    assertThat(weights(run)).isNotEmpty();
  }

  @Test
  void leavesACellToTheProcessThatTrainsIt() {
    Path run = directory.resolve("run");
    train(cell(), run, stopAfter(6));
    try (RunDirectory elsewhere = RunDirectory.open(run)) {
      assertThat(train(cell(), run, () -> false)).isEqualTo(CellOutcome.IN_USE);
    }
    assertThat(train(cell(), run, () -> false)).isEqualTo(CellOutcome.TRAINED);
  }

  @Test
  void refusesARunOfAnotherConfiguration() {
    Path run = directory.resolve("run");
    train(cell(), run, () -> false);
    assertThat(failure(cell("epochs", "4", "model.diverge-at", "5"), run))
        .isInstanceOf(RoundelException.class)
        .hasMessage(
            run
                + " holds a run with another configuration: epochs is 3 there and 4 here;"
                + " model.diverge-at is default there and 5 here. Give the options it was made with,"
                + " choose another output directory, or delete that run.");
  }

  @Test
  void whereTheDataAreAndHowManyThreadsComputeMakesNoOtherRun() {
    Path run = directory.resolve("run");
    train(cell(), run, () -> false);
    Cell moved = cell("data-dir", directory.toString(), "threads", "1", "keep-checkpoints", "5");
    assertThat(train(moved, run, () -> false)).isEqualTo(CellOutcome.FOUND);
  }

  @Test
  void tellsADivergence() {
    Path run = directory.resolve("run");
    assertThat(train(cell("model.diverge-at", "5"), run, () -> false))
        .isEqualTo(CellOutcome.DIVERGED);
    assertThat(trainer.isFinished(cell("model.diverge-at", "5"), run)).isFalse();
  }

  @Test
  void checksNamesBeforeAnythingIsTrained() {
    assertThatThrownBy(() -> trainer.check(cell("quantizer", "latent-sing")))
        .hasMessageContaining("latent-sing")
        .hasMessageContaining("did you mean 'latent-sign'");
    trainer.check(cell());
    assertThat(directory).isEmptyDirectory();
  }
}
