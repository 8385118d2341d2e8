package org.roundel.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micrometer.core.instrument.Clock;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.event.RunResult;
import org.roundel.core.plugin.PluginRegistry;

/** A listener is told once how a run ended, whichever way it did. */
class RunEndTest {
  @TempDir Path directory;

  private final Trainer trainer = new Trainer(PluginRegistry.of(new TestingPlugin()), Clock.SYSTEM);
  private final RunEventsRecorder events = new RunEventsRecorder();

  @Test
  void aRunThatHasAllItsEpochsIsFinished() {
    RunResult result = train("latent-sign");

    assertThat(events.finished).containsExactly(result);
    assertThat(events.failed).isEmpty();
  }

  @Test
  void aRunWithNothingLeftToTrainIsFinishedWithoutHavingStarted() {
    train("latent-sign");
    RunEventsRecorder again = new RunEventsRecorder();

    RunResult result = trainer.resume(directory.resolve("run"), Map.of(), again, () -> false);

    assertThat(result.alreadyFinished()).isTrue();
    assertThat(again.finished).containsExactly(result);
    assertThat(again.started).isEmpty();
  }

  @Test
  void aRunWhoseComponentThrowsHasFailed() {
    Throwable thrown = catchThrowable(() -> train("throws-in-gradient"));

    assertThat(events.failed)
        .singleElement()
        .satisfies(f -> assertThat(f.cause()).isSameAs(thrown));
    assertThat(events.started).hasSize(1);
    assertThat(events.finished).isEmpty();
  }

  @Test
  void aRunThatIsRefusedHasFailedWithoutHavingStarted() {
    Throwable thrown = catchThrowable(() -> train("no-such-quantizer"));

    assertThat(events.failed)
        .singleElement()
        .satisfies(f -> assertThat(f.cause()).isSameAs(thrown));
    assertThat(events.started).isEmpty();
    assertThat(events.finished).isEmpty();
  }

  private RunResult train(String quantizer) {
    Map<String, String> values = new HashMap<>();
    values.put("model", "softmax");
    values.put("quantizer", quantizer);
    values.put("optimizer", "momentum");
    values.put("schedule", "constant");
    values.put("dataset", "blobs");
    values.put("batch-size", "16");
    values.put("epochs", "2");
    return trainer.train(
        RunConfiguration.of(values), directory.resolve("run"), events, () -> false);
  }
}
