package org.roundel.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.RoundelException;
import org.roundel.core.event.ListenerChain;
import org.roundel.core.event.RunFailed;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.metrics.TrainingMetrics;

class MetricsFileTest {
  @TempDir private Path directory;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final TrainingMetrics metrics = new TrainingMetrics(registry);

  @AfterEach
  void close() {
    metrics.close();
    registry.close();
  }

  @Test
  void hasTheRunsLastValuesAndNothingOfTheJvm() throws IOException {
    Path file = Files.writeString(directory.resolve("x.prom"), "an older one");
    PlayedRun.tell(listener(file));
    assertThat(Files.readAllLines(file))
        .contains(
            "# TYPE roundel_images_total counter",
            "roundel_images_total 40.0",
            "roundel_run_state{state=\"finished\"} 1.0",
            "roundel_weights_moves_total{parameter=\"conv/weight\",role=\"convolution_weight\"} 3.0")
        // No timestamp behind a value, no exemplar, no end of OpenMetrics.
        .allMatch(line -> line.matches("(# (HELP|TYPE) )?roundel_.*"))
        .allMatch(line -> line.startsWith("#") || line.matches("[^{ ]*([{].*[}])? [-+.0-9E]+"));
    assertThat(Files.readString(file)).endsWith("\n").doesNotContain("jvm_");
    assertThat(directory.toFile().list()).containsExactly("x.prom");
  }

  @Test
  void isWrittenWhenTheRunFails() throws IOException {
    Path file = directory.resolve("x.prom");
    TrainingListener listener = listener(file);
    PlayedRun.begin(listener);
    listener.runFailed(new RunFailed(new IllegalStateException(), true));
    assertThat(Files.readString(file))
        .contains("roundel_run_state{state=\"diverged\"} 1.0\n")
        .contains("roundel_batch_loss 2.0\n");
  }

  @Test
  void aRunWithNothingLeftToDoLeavesAnEarlierOne() throws IOException {
    Path file = Files.writeString(directory.resolve("x.prom"), "an older one");
    listener(file).runFinished(PlayedRun.finished());
    assertThat(file).hasContent("an older one");
  }

  @Test
  void aRunThatIsRefusedLeavesAnEarlierOne() throws IOException {
    Path file = Files.writeString(directory.resolve("x.prom"), "an older one");
    listener(file).runFailed(new RunFailed(new IllegalStateException(), false));
    assertThat(file).hasContent("an older one");
  }

  @Test
  void whyARunFailedIsWhatIsToldWhereTheDirectoryHasGone() throws IOException {
    Path gone = Files.createDirectory(directory.resolve("gone"));
    TrainingListener listener = listener(gone.resolve("x.prom"));
    Files.delete(gone);
    PlayedRun.begin(listener);
    listener.runFailed(new RunFailed(new IllegalStateException(), false));
    assertThatThrownBy(() -> listener.runFinished(PlayedRun.finished()))
        .isInstanceOf(RoundelException.class)
        .hasMessageContaining("cannot write " + gone.resolve("x.prom"));
  }

  @Test
  void refusesWhatCannotBeWrittenBeforeARun() throws IOException {
    assertRefused(directory.resolve("x.txt"), "x.txt does not end in .prom");
    assertRefused(directory.resolve("no/x.prom"), "there is no directory " + directory);
    Path nested = Files.createDirectories(directory.resolve("y.prom"));
    assertRefused(nested, "y.prom is a directory, a link");
    Path link = Files.createSymbolicLink(directory.resolve("z.prom"), directory.resolve("a"));
    assertRefused(link, "z.prom is a directory, a link");
    assertRefused(Path.of("/proc/x.prom"), "nothing can be written into /proc");
  }

  private void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> new MetricsFile(file, registry))
        .isInstanceOf(RoundelException.class)
        .hasMessageStartingWith("metrics-file: ")
        .hasMessageContaining(message);
  }

  private TrainingListener listener(Path file) {
    return new ListenerChain(List.of(metrics, new MetricsFile(file, registry)));
  }
}
