package org.roundel.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

class RunConfigurationTest {
  @TempDir Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("run.yaml"), text);
  }

  @Test
  void defaultsFillWhatIsNotGiven() {
    RunConfiguration configuration =
        RunConfiguration.of(Map.of("epochs", "7", "quantizer.delta", "0.5"));
    assertThat(configuration.get(RunSettings.EPOCHS)).isEqualTo(7);
    assertThat(configuration.get(RunSettings.QUANTIZER)).isEqualTo("binary-connect");
    assertThat(configuration.componentOptions(RunSettings.QUANTIZER))
        .containsExactly(Map.entry("delta", "0.5"));
    assertThat(configuration.componentOptions(RunSettings.MODEL)).isEmpty();
    assertThat(configuration.resolved())
        .containsEntry("epochs", "7")
        .containsEntry("quantizer.delta", "0.5")
        .containsEntry("seed", "1");
  }

  @Test
  void pathsBecomeAbsolute() {
    RunConfiguration configuration = RunConfiguration.of(Map.of("data-dir", "a/../images"));
    assertThat(configuration.get(RunSettings.DATA_DIRECTORY))
        .isEqualTo(Path.of("images").toAbsolutePath().toString());
    assertThat(configuration.get(RunSettings.INITIAL_WEIGHTS)).isEmpty();
  }

  @Test
  void aPathThatWasNotGivenIsNotRecorded() {
    assertThat(RunConfiguration.of(Map.of("init-from", "w")).resolved())
        .containsKey("init-from")
        .doesNotContainKey("data-dir");
  }

  @ParameterizedTest
  @CsvSource({"data-dir, ''", "init-from, ''", "data-dir, ' '", "init-from, a\0b"})
  void anEmptyOrImpossiblePathIsRefused(String key, String text) {
    assertThatThrownBy(() -> RunConfiguration.of(Map.of(key, text)))
        .isInstanceOf(RoundelException.class)
        .hasMessageStartingWith(key + ": '");
  }

  @Test
  void allProblemsAreReportedAtOnce() {
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("epochs", "0");
    wrong.put("bacth-size", "128");
    wrong.put("learning-rate", "fast");
    assertThatThrownBy(() -> RunConfiguration.of(wrong))
        .isInstanceOfSatisfying(
            RoundelException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessageStartingWith(
            "the configuration has 3 problems:\n  1) epochs: '0' is out of range; allowed: integer [1, 100000]\n")
        .hasMessageContaining(
            "2) unknown key 'bacth-size'; did you mean 'batch-size'? Allowed: model, quantizer,")
        .hasMessageContaining("3) learning-rate: 'fast' is not a number; allowed: real (0, 1000]");
  }

  @Test
  void anInitialismIsRecognised() {
    assertThatThrownBy(() -> RunConfiguration.of(Map.of("lr", "1")))
        .hasMessageStartingWith("unknown key 'lr'; did you mean 'learning-rate'?");
  }

  @Test
  void thousandsOfProblemsMakeNoLongMessage() {
    Map<String, String> wrong = new LinkedHashMap<>();
    for (int count = 0; count < 90_000; count++) {
      wrong.put("key" + count, "1");
    }
    assertThatThrownBy(() -> RunConfiguration.of(wrong))
        .hasMessageStartingWith("the configuration has 90000 problems:\n  1) unknown key 'key0'")
        .hasMessageContaining("\n  20) unknown key 'key19'")
        .hasMessageEndingWith("\n  and 89980 more")
        .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(10_000));
  }

  @Test
  void textIsWhatWasWritten() {
    assertThat(RunConfiguration.of(Map.of("data-dir", "/a ")).get(RunSettings.DATA_DIRECTORY))
        .isEqualTo("/a ");
  }

  @Test
  void yamlIsReadFlatWithListsAndWrittenBackTheSame() throws IOException {
    Path file =
        file(
            "model: resnet-20\nlearning-rate: 1.0e-2\nschedule.milestones: [82, 122]\nseed: 12345678901234\ndataset.augment: true\n");
    Map<String, String> values = ConfigurationFile.readYaml(file);
    assertThat(values)
        .containsEntry("model", "resnet-20")
        .containsEntry("schedule.milestones", "82,122")
        .containsEntry("seed", "12345678901234")
        .containsEntry("dataset.augment", "true");
    assertThat(RunConfiguration.of(values).get(RunSettings.LEARNING_RATE)).isEqualTo(0.01);

    Map<String, String> resolved = RunConfiguration.of(values).resolved();
    Path written = file(ConfigurationFile.toYaml(resolved));
    assertThat(ConfigurationFile.readYaml(written)).isEqualTo(resolved);
  }

  @Test
  void whatIsNoConfigurationIsRefusedWithItsPlace() throws IOException {
    Path missing = directory.resolve("none.yaml");
    assertThatThrownBy(() -> ConfigurationFile.readYaml(missing))
        .hasMessageContaining("there is no file " + missing);
    assertThatThrownBy(() -> ConfigurationFile.readYaml(Path.of("/dev/null")))
        .hasMessage("/dev/null is no regular file; copy what it gives into one");
    Path manifest = file("{}");
    assertThatThrownBy(() -> ConfigurationFile.readManifest(manifest))
        .hasMessageContaining("a run's manifest.json");
  }
}
