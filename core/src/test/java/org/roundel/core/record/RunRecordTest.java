package org.roundel.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.RoundelException;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.run.LineCheck;
import org.roundel.core.training.RunEventsRecorder;
import org.roundel.core.training.TestingPlugin;
import org.roundel.core.training.Trainer;

class RunRecordTest {
  @TempDir Path directory;

  private final RunEventsRecorder events = new RunEventsRecorder();
  private Path run;

  @BeforeEach
  void train() {
    run = directory.resolve("run");
    RunConfiguration configuration =
        RunConfiguration.of(
            Map.of(
                "model", "softmax",
                "quantizer", "latent-sign",
                "optimizer", "momentum",
                "schedule", "constant",
                "dataset", "blobs",
                "epochs", "6"));
    new Trainer(PluginRegistry.of(new TestingPlugin()), Clock.SYSTEM)
        .train(configuration, run, events, () -> false);
  }

  @Test
  void readsBackWhatTheListenersWereTold() {
    RunRecord record = RunRecord.read(run);
    assertThat(record.epochs()).isEqualTo(events.epochs).hasSize(6);
    assertThat(record.isFinished()).isTrue();
    assertThat(record.last()).isEqualTo(events.epochs.get(5));
    double least =
        events.epochs.stream().mapToDouble(epoch -> epoch.test().error()).min().orElseThrow();
    assertThat(record.best().test().error()).isEqualTo(least);
    assertThat(record.configuration().resolved()).containsEntry("quantizer", "latent-sign");
  }

  @Test
  void readsARunThatHasJustBegun() throws IOException {
    Files.delete(run.resolve("history.jsonl"));
    RunRecord record = RunRecord.read(run);
    assertThat(record.epochs()).isEmpty();
    assertThat(record.isFinished()).isFalse();
    assertThat(record.last()).isNull();
    assertThat(record.best()).isNull();
  }

  @Test
  void namesTheLineThatIsDamaged() throws IOException {
    Path history = run.resolve("history.jsonl");
    List<String> lines = Files.readAllLines(history);
    Files.write(history, List.of(lines.get(0), lines.get(2)));
    assertThatThrownBy(() -> RunRecord.read(run))
        .isInstanceOf(RoundelException.class)
        .hasMessage(
            history
                + ", line 2 is damaged: it has 3 as epoch; allowed: 2. Restore the file from a"
                + " copy.");
    Files.write(history, List.of(lines.get(0), LineCheck.with("{\"epoch\":2,\"layers\":7}")));
    assertThatThrownBy(() -> RunRecord.read(run))
        .isInstanceOf(RoundelException.class)
        .hasMessageContaining("line 2 is damaged: it lacks epochs; expected: ");
    Files.write(history, List.of("{\"epoch\":1}"));
    assertThatThrownBy(() -> RunRecord.read(run)).hasMessageContaining("line 1 is damaged");
  }
}
