package org.roundel.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.core.RoundelException;
import org.roundel.core.event.Evaluation;
import org.roundel.core.event.FinalTest;
import org.roundel.core.run.RunDirectory;

class FinalTestFileTest {
  private static final Path KEPT = Path.of("src/test/resources/formats");
  private static final FinalTest RESULT =
      new FinalTest(2, 2, "step-000000008", new Evaluation(0.0625, 0.1, 30));

  @TempDir private Path directory;

  @Test
  void writesTodaysFormat() throws IOException {
    try (RunDirectory run = RunDirectory.create(directory.resolve("run"))) {
      FinalTestFile.write(run, RESULT);
      assertThat(FinalTestFile.file(run)).hasSameTextualContentAs(KEPT.resolve("test-2.json"));
      assertThat(FinalTestFile.read(run, 2)).isEqualTo(RESULT);
      assertThat(FinalTestFile.read(run, 3)).as("the run has gone on").isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"test-1.json", "test-2.json"})
  void readsEveryFormat(String name) {
    assertThat(FinalTestFile.read(KEPT.resolve(name))).isEqualTo(RESULT);
  }

  @Test
  void anEditIsFound() throws IOException {
    String whole = Files.readString(KEPT.resolve("test-2.json"));
    for (String altered :
        new String[] {
          whole.replace("\"error\" : 0.1", "\"error\" : 0.05"),
          whole.replace("\"epoch\" : 2", "\"epoch\" : 1"),
          whole.replace("\"format\" : 2,", ""),
          whole.replaceFirst("(?s),\\s*\"check.*", "}")
        }) {
      assertThat(altered).isNotEqualTo(whole);
      Path file = Files.writeString(directory.resolve("test.json"), altered);
      assertThatThrownBy(() -> FinalTestFile.read(file))
          .isInstanceOf(RoundelException.class)
          .hasMessage(
              file
                  + " was altered: it is not what its check was made of. Delete it; 'roundel resume'"
                  + " then evaluates the run's best checkpoint anew");
    }
  }

  @Test
  void aLaterFormatIsRefusedByName() throws IOException {
    String later =
        Files.readString(KEPT.resolve("test-2.json")).replace("\"format\" : 2", "\"format\" : 3");
    Path file = Files.writeString(directory.resolve("test.json"), later);
    assertThatThrownBy(() -> FinalTestFile.read(file))
        .isInstanceOf(RoundelException.class)
        .hasMessageContaining("test.json has 3 as format");
  }
}
