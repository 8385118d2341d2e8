package org.roundel.core.ship;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Clock;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.RoundelException;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.training.TestingPlugin;
import org.roundel.core.training.Trainer;

/** What is refused; nets that leave are tested with real ones, where the command line is. */
class ShippedRunsTest {
  private final PluginRegistry registry = PluginRegistry.of(new TestingPlugin());

  @TempDir Path directory;

  @Test
  void aModelThatDoesNotSayWhatItIsCannotLeave() {
    Map<String, String> values =
        new HashMap<>(
            Map.of(
                "model", "softmax",
                "quantizer", "latent-sign",
                "optimizer", "momentum",
                "schedule", "constant",
                "dataset", "blobs",
                "epochs", "1"));
    Path run = directory.resolve("run");
    new Trainer(registry, Clock.SYSTEM)
        .train(RunConfiguration.of(values), run, new TrainingListener() {}, () -> false);
    assertThatThrownBy(() -> new ShippedRuns(registry).read(run, "newest"))
        .isInstanceOf(RoundelException.class)
        .hasMessageStartingWith("the model does not say which operations it consists of");
    assertThatThrownBy(() -> new ShippedRuns(registry).read(run, "step-000000077"))
        .hasMessageContaining("has no checkpoint step-000000077");
  }

  @Test
  void aRunThatIsNotFinishedIsRefusedByName() {
    Path run = Path.of("runs", "my run");
    ShippedRun half = new ShippedRun(run, NetSummaryTest.net(), 3, 10, List.of());
    assertThatThrownBy(half::requireFinished)
        .hasMessage(
            run
                + " is not finished: it has made 3 of 10 epochs. Go on with it by 'roundel resume"
                + " 'runs/my run'', which --epochs can end earlier.");
    new ShippedRun(run, NetSummaryTest.net(), 10, 10, List.of()).requireFinished();
  }
}
