package org.roundel.core.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.micrometer.core.instrument.Clock;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.training.RunEventsRecorder;
import org.roundel.core.training.TestingPlugin;
import org.roundel.core.training.Trainer;

class ComputeThreadsTest {
  private static final String ABSURD = "1024";

  @TempDir private Path directory;

  @Test
  void allowsFourForEachProcessor() {
    ComputeThreads.require(0, 2);
    ComputeThreads.require(8, 2);
    assertThatThrownBy(() -> ComputeThreads.require(9, 2))
        .hasMessage(
            "threads is 9; allowed here: 0 to 8, 4 for each processor that this process may use"
                + " (2), because more of them only wait for one another. Give --threads 0 for one"
                + " per processor.");
  }

  @Test
  void isAskedByEverythingThatComputesBeforeAnythingIsWritten() {
    PluginRegistry registry = PluginRegistry.of(new TestingPlugin());
    Trainer trainer = new Trainer(registry, Clock.SYSTEM);
    RunConfiguration absurd =
        RunConfiguration.of(
            Map.of(
                "model", "softmax",
                "quantizer", "full",
                "optimizer", "momentum",
                "schedule", "constant",
                "dataset", "blobs",
                "threads", ABSURD));
    Path run = directory.resolve("run");

    assertRefused(() -> trainer.check(absurd));
    assertRefused(() -> trainer.train(absurd, run, new RunEventsRecorder(), () -> false));
    assertThat(run).doesNotExist();
  }

  private static void assertRefused(ThrowingCallable call) {
    // More than any machine has a quarter of.
    if (Runtime.getRuntime().availableProcessors() < 256) {
      assertThatThrownBy(call)
          .asInstanceOf(type(RoundelException.class))
          .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.CONFIGURATION))
          .satisfies(failure -> assertThat(failure).hasMessageStartingWith("threads is 1024"));
    }
  }
}
