package org.roundel.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.core.RoundelException;

class HistoryFileTest {
  @TempDir private Path directory;
  private Path path;

  @BeforeEach
  void choosePath() {
    path = directory.resolve("history.jsonl");
  }

  private static ObjectNode line(int epoch) {
    return JsonNodeFactory.instance.objectNode().put("epoch", epoch);
  }

  @Test
  void linesComeBackInOrder() throws IOException {
    try (HistoryFile history = HistoryFile.open(path)) {
      assertThat(history.length()).isZero();
      history.append(line(1));
      history.append(line(2));
      history.force();
      assertThat(history.length()).isEqualTo(24);
    }
    assertThat(Files.readString(path)).isEqualTo("{\"epoch\":1}\n{\"epoch\":2}\n");
    assertThat(HistoryFile.read(path)).containsExactly(line(1), line(2));
  }

  @Test
  void aMissingFileHasNoLines() {
    assertThat(HistoryFile.read(path)).isEmpty();
  }

  @Test
  void aResumedRunWritesNoLineTwice() {
    long length;
    try (HistoryFile history = HistoryFile.open(path)) {
      history.append(line(1));
      length = history.length();
      history.append(line(2));
      history.append(line(3));
    }
    try (HistoryFile history = HistoryFile.open(path)) {
      history.truncateTo(length);
      assertThat(history.length()).isEqualTo(length);
      history.append(line(2));
    }
    assertThat(HistoryFile.read(path)).containsExactly(line(1), line(2));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 12, 13, 23})
  void aLineCutShortIsLeftOutAndOverwritten(int length) throws IOException {
    String whole = "{\"epoch\":1}\n{\"epoch\":2}\n";
    Files.writeString(path, whole.substring(0, length));
    List<ObjectNode> kept = length < 12 ? List.of() : List.of(line(1));
    assertThat(HistoryFile.read(path)).isEqualTo(kept);
    try (HistoryFile history = HistoryFile.open(path)) {
      history.append(line(5));
    }
    assertThat(HistoryFile.read(path)).hasSize(kept.size() + 1).endsWith(line(5));
  }

  @Test
  void aCutLineLongerThanABlockIsRemoved() throws IOException {
    Files.writeString(path, "{\"epoch\":1}\n{\"x\":\"" + "y".repeat(50_000));
    try (HistoryFile history = HistoryFile.open(path)) {
      assertThat(history.length()).isEqualTo(12);
    }
  }

  @Test
  void anAlteredFileKeepsItsWholeLinesAndAWarningIsLogged() throws IOException {
    try (CapturedLog log = new CapturedLog(HistoryFile.class);
        HistoryFile history = HistoryFile.open(path)) {
      history.append(line(1));
      history.append(line(2));
      history.truncateTo(24);
      assertThat(log.messages()).isEmpty();
      history.truncateTo(100);
      assertThat(history.length()).isEqualTo(24);
      history.truncateTo(20);
      assertThat(history.length()).isEqualTo(12);
      assertThat(log.messages())
          .containsExactly(
              "WARN "
                  + path
                  + " was altered: it has 24 bytes, and the checkpoint was written after 100 of"
                  + " them. The first 24 are kept, so lines may be missing; restore the file from a"
                  + " copy.",
              "WARN "
                  + path
                  + " was altered: it has 24 bytes, and the checkpoint was written after 20 of"
                  + " them. The first 12 are kept, so lines may be missing; restore the file from a"
                  + " copy.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cut", "not-an-object", "empty-line", "two-values"})
  void aDamagedLineInTheMiddleIsReported(String fault) throws IOException {
    String middle =
        switch (fault) {
          case "cut" -> "{\"epoch\":";
          case "not-an-object" -> "[1]";
          case "two-values" -> "{\"epoch\":2} {}";
          default -> "";
        };
    Files.writeString(path, "{\"epoch\":1}\n" + middle + "\n{\"epoch\":3}\n");
    RoundelException failure =
        catchThrowableOfType(RoundelException.class, () -> HistoryFile.read(path));
    GoldenMessage.assertMatches("run/history-" + fault, failure, directory);
  }

  @Test
  void saysWhereItCannotWrite() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    RoundelException failure =
        catchThrowableOfType(
            RoundelException.class, () -> HistoryFile.open(file.resolve("history.jsonl")));
    GoldenMessage.assertMatches("run/history-unwritable", failure, directory);
  }
}
