package org.roundel.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.core.RoundelException;
import org.roundel.core.config.ConfigurationFile;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.record.RunRecord;

/**
 * Runs as each version of the formats has left them, kept from the day that it was written on; see
 * the README.md beside them.
 */
class FormatsTest {
  private static final Path KEPT = Path.of("src/test/resources/formats");

  @TempDir private Path directory;

  private Path copy(String name) throws IOException {
    Path from = KEPT.resolve(name);
    Path to = directory.resolve(name);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }

  @ParameterizedTest
  @ValueSource(strings = {"run-2", "run-3"})
  void aStoppedRunGoesOnToItsEnd(String name) throws IOException {
    Path run = copy(name);
    assertThat(RunRecord.read(run).epochs()).hasSize(2);
    RunEventsRecorder events = new RunEventsRecorder();
    new SmallRuns(directory).trainer().resume(run, Map.of(), events, () -> false);
    RunRecord record = RunRecord.read(run);
    assertThat(record.isFinished()).isTrue();
    assertThat(record.epochs()).hasSize(3);
    assertThat(events.epochs).hasSize(1);
    // From then on its files have today's format.
    assertThat(Files.readString(run.resolve("manifest.json")))
        .contains("\"format\" : 3", "\"check\" : ");
    assertThat(Files.readAllLines(run.resolve("history.jsonl")).get(2)).contains("\"check\":");
  }

  @ParameterizedTest
  @ValueSource(strings = {"manifest-1.json", "run-2/manifest.json", "run-3/manifest.json"})
  void aManifestIsTheConfigurationOfAnotherRun(String file) {
    RunConfiguration configuration =
        RunConfiguration.of(ConfigurationFile.readManifest(KEPT.resolve(file)));
    assertThat(configuration.text("quantizer")).isEqualTo("latent-stochastic");
    assertThat(configuration.text("epochs")).isEqualTo("3");
  }

  @Test
  void aRunOfTheFirstFormatIsRefusedByName() throws IOException {
    Path run = copy("run-2");
    Files.copy(
        KEPT.resolve("manifest-1.json"),
        run.resolve("manifest.json"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(
            () ->
                new SmallRuns(directory)
                    .trainer()
                    .resume(run, Map.of(), new RunEventsRecorder(), () -> true))
        .isInstanceOf(RoundelException.class)
        .hasMessageStartingWith(
            run.resolve("manifest.json")
                + " has format 1, of a version of the program whose checkpoints do not say which"
                + " run they are of.");
  }

  @Test
  void aLaterFormatIsRefusedByName() throws IOException {
    Path run = copy("run-3");
    Path manifest = run.resolve("manifest.json");
    Files.writeString(
        manifest, Files.readString(manifest).replace("\"format\" : 3", "\"format\" : 4"));
    assertThatThrownBy(() -> RunRecord.read(run))
        .isInstanceOf(RoundelException.class)
        .hasMessageContaining("manifest.json has 4 as format; allowed: a whole number from 1 to 3");
  }
}
