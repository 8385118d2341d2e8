package org.roundel.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.RoundelException;
import org.roundel.core.checkpoint.Checkpoint;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.checkpoint.SafetensorsReader;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.event.BestError;
import org.roundel.core.event.CheckpointStarted;
import org.roundel.core.event.CheckpointWritten;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.EvaluationCompleted;
import org.roundel.core.event.EvaluationStarted;
import org.roundel.core.event.LayerStatistics;
import org.roundel.core.event.Recording;
import org.roundel.core.event.StepCompleted;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.plugin.PluginRegistry;

/** What a run tells is what it does. */
class RunEventsTest {
  private static final double RATE = 0.2;

  @TempDir private Path directory;

  private final Trainer trainer = new Trainer(PluginRegistry.of(new TestingPlugin()), Clock.SYSTEM);
  private final RunEventsRecorder events = new RunEventsRecorder();

  /** One update of all images an epoch. */
  private static RunConfiguration configuration(String quantizer, String... more) {
    Map<String, String> values =
        new HashMap<>(
            Map.of(
                "model", "softmax",
                "quantizer", quantizer,
                "optimizer", "momentum",
                "schedule", "constant",
                "dataset", "blobs",
                "batch-size", "64",
                "learning-rate", Double.toString(RATE),
                "epochs", "1"));
    for (int index = 0; index < more.length; index += 2) {
      values.put(more[index], more[index + 1]);
    }
    return RunConfiguration.of(values);
  }

  @Test
  void tellsThemInTheirOrderWithTheBytesOfCheckpoints() throws IOException {
    Path run = directory.resolve("run");
    List<String> told = new ArrayList<>();
    List<CheckpointWritten> written = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepCompleted(StepCompleted event) {
            told.add("step");
          }

          @Override
          public void evaluationStarted(EvaluationStarted event) {
            told.add("evaluation of " + event.epoch());
          }

          @Override
          public void evaluationCompleted(EvaluationCompleted event) {
            told.add("evaluated " + event.epoch());
            assertThat(event.seconds()).isPositive();
          }

          @Override
          public void checkpointStarted(CheckpointStarted event) {
            told.add("writing " + event.name());
          }

          @Override
          public void recording(Recording event) {
            told.add("recording " + event);
          }

          @Override
          public void checkpointWritten(CheckpointWritten event) {
            told.add("written " + event.name());
            written.add(event);
          }

          @Override
          public void epochCompleted(EpochCompleted event) {
            told.add("epoch");
          }
        };
    trainer.train(configuration("latent-sign"), run, listener, () -> false);

    assertThat(told)
        .containsExactly(
            "recording RUN",
            "writing step-000000000",
            "recording CHECKPOINT",
            "written step-000000000",
            "step",
            "evaluation of 1",
            "evaluated 1",
            "recording HISTORY",
            "writing step-000000001",
            "recording CHECKPOINT",
            "written step-000000001",
            "epoch");
    for (CheckpointWritten checkpoint : written) {
      assertThat(checkpoint.bytes())
          .isEqualTo(length(run.resolve("checkpoints").resolve(checkpoint.name())));
      assertThat(checkpoint.seconds()).isPositive();
    }
  }

  private static long length(Path checkpoint) throws IOException {
    try (Stream<Path> files = Files.list(checkpoint)) {
      return files
          .mapToLong(
              file -> {
                try {
                  return Files.size(file);
                } catch (IOException unreadable) {
                  throw new UncheckedIOException(unreadable);
                }
              })
          .sum();
    }
  }

  /** The first update by momentum moves the weights by rate times gradient. */
  @Test
  void theGradientsNormIsThatOfTheFirstMove() {
    Path run = directory.resolve("run");
    trainer.train(configuration("full"), run, events, () -> false);

    CheckpointStore store = CheckpointStore.forReading(run.resolve("checkpoints"));
    double squares = 0;
    try (Checkpoint before = store.open("step-000000000");
        Checkpoint after = store.open("step-000000001")) {
      SafetensorsReader weights = before.weights();
      for (String name : List.of("layer/weight", "layer/bias")) {
        List<Integer> shape = weights.tensor(name).shape().stream().map(Math::toIntExact).toList();
        float[] first = weights.readFloats(name, shape);
        float[] second = after.weights().readFloats(name, shape);
        for (int index = 0; index < first.length; index++) {
          squares += Math.pow(((double) second[index] - first[index]) / RATE, 2);
        }
      }
    }
    double norm = events.steps.get(0).gradientNorm();
    assertThat(norm).isPositive().isCloseTo(Math.sqrt(squares), within(1e-4 * norm));
  }

  @Test
  void aStartTellsOfLayersAndOfTheBestSoFar() {
    Path run = directory.resolve("run");
    trainer.train(configuration("latent-sign"), run, events, () -> false);
    assertThat(events.started.get(0).best()).isEqualTo(BestError.NONE);
    assertThat(events.started.get(0).layers())
        .singleElement()
        .satisfies(layer -> assertThat(layer.moves()).isZero())
        .satisfies(layer -> assertThat(layer.changedSinceStart()).isZero());

    RunEventsRecorder resumed = new RunEventsRecorder();
    trainer.resume(run, Map.of("epochs", "2"), resumed, () -> false);
    EpochCompleted last = events.epochs.get(0);
    assertThat(resumed.started.get(0).best())
        .isEqualTo(new BestError(last.test().error(), last.epoch()));
    LayerStatistics layer = resumed.started.get(0).layers().get(0);
    assertThat(layer.moves()).isEqualTo(last.layers().get(0).moves());
    assertThat(layer.changedSinceStart()).isEqualTo(last.layers().get(0).changedSinceStart());
  }

  @Test
  void tellsADivergedRunFromAnotherThatFailed() {
    assertThatThrownBy(
            () ->
                trainer.train(
                    configuration("full", "model.diverge-at", "1"),
                    directory.resolve("diverged"),
                    events,
                    () -> false))
        .isInstanceOf(RoundelException.class);
    assertThatThrownBy(
            () ->
                trainer.train(
                    configuration("full", "dataset.fail-at", "3"),
                    directory.resolve("failed"),
                    events,
                    () -> false))
        .isInstanceOf(RoundelException.class);
    assertThat(events.failed).extracting(failed -> failed.diverged()).containsExactly(true, false);
  }
}
