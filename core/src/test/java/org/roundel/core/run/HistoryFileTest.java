package org.roundel.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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

  /** How long a line of this test is with its check. */
  private static final int CHECKED = 39;

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
      assertThat(history.length()).isEqualTo(2 * CHECKED);
    }
    // printf '{"epoch":1}' | sha256sum
    assertThat(Files.readString(path))
        .isEqualTo(
            "{\"epoch\":1,\"check\":\"8d388f7872e05501\"}\n"
                + "{\"epoch\":2,\"check\":\"e29fb48e84a70a4e\"}\n");
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
      history.truncateTo(2 * CHECKED);
      assertThat(log.messages()).isEmpty();
      history.truncateTo(100);
      assertThat(history.length()).isEqualTo(2 * CHECKED);
      history.truncateTo(50);
      assertThat(history.length()).isEqualTo(CHECKED);
      assertThat(log.messages())
          .containsExactly(
              "WARN "
                  + path
                  + " was altered: it has 78 bytes, and the checkpoint was written after 100 of"
                  + " them. The first 78 are kept, so lines may be missing; restore the file from a"
                  + " copy.",
              "WARN "
                  + path
                  + " was altered: it has 78 bytes, and the checkpoint was written after 50 of"
                  + " them. The first 39 are kept, so lines may be missing; restore the file from a"
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

  /** A stranger's run could cut a file of whoever goes on with it. */
  @Test
  void noLinkIsWrittenThrough() throws IOException {
    Path other = Files.writeString(directory.resolve("other"), "without an end of the line");
    Files.createSymbolicLink(path, other);
    RoundelException failure =
        catchThrowableOfType(RoundelException.class, () -> HistoryFile.open(path));
    GoldenMessage.assertMatches("run/history-is-a-link", failure, directory);
    assertThat(other).hasContent("without an end of the line");
  }

  @Test
  void noPipeIsWaitedFor() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () ->
            assertThatThrownBy(() -> HistoryFile.read(path))
                .isInstanceOf(RoundelException.class)
                .hasMessage(path + " cannot be read: it is a pipe or a device."));
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () ->
            assertThatThrownBy(() -> JsonFile.read(path, "Restore it", root -> root))
                .isInstanceOf(RoundelException.class)
                .hasMessage(path + " cannot be read: it is a pipe or a device. Check the path."));
  }

  @Test
  void saysWhereItCannotWrite() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    RoundelException failure =
        catchThrowableOfType(
            RoundelException.class, () -> HistoryFile.open(file.resolve("history.jsonl")));
    GoldenMessage.assertMatches("run/history-unwritable", failure, directory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"value", "check", "no-check"})
  void aLineThatWasAlteredIsNamed(String part) throws IOException {
    try (HistoryFile history = HistoryFile.open(path)) {
      history.append(line(1));
      history.append(line(2));
      history.append(line(3));
    }
    List<String> lines = new ArrayList<>(Files.readAllLines(path));
    String second = lines.get(1);
    lines.set(
        1,
        switch (part) {
          case "value" -> second.replace(":2", ":3");
          case "check" -> second.replace("check\":\"", "check\":\"0").replaceFirst(".\"}$", "\"}");
          default -> "{\"epoch\":2}";
        });
    Files.write(path, lines);
    RoundelException failure =
        catchThrowableOfType(RoundelException.class, () -> HistoryFile.read(path));
    GoldenMessage.assertMatches("run/history-altered", failure, directory);
  }

  /** Before any line has shown that lines have checks. */
  @Test
  void theFirstLineIsNamedToo() throws IOException {
    try (HistoryFile history = HistoryFile.open(path)) {
      history.append(line(1));
      history.append(line(2));
    }
    Files.writeString(path, Files.readString(path).replaceFirst(":1", ":7"));
    assertThatThrownBy(() -> HistoryFile.read(path))
        .hasMessageStartingWith(path + ", line 1 was altered");
  }

  /** A run that an earlier version began goes on with checks; from there on every line has one. */
  @Test
  void linesOfAnEarlierVersionHaveNoCheck() throws IOException {
    Files.writeString(path, "{\"epoch\":1}\n{\"epoch\":2}\n");
    try (HistoryFile history = HistoryFile.open(path)) {
      history.append(line(3));
    }
    assertThat(HistoryFile.read(path)).containsExactly(line(1), line(2), line(3));
    Files.writeString(path, "{\"epoch\":4}\n", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> HistoryFile.read(path))
        .hasMessageStartingWith(path + ", line 4 was altered");
  }

  /** Whatever of a line is on the disk when the program is killed, the others stay readable. */
  @Test
  void anAppendThatIsKilledAtAnyByteLeavesAWholeHistory() throws IOException {
    try (HistoryFile history = HistoryFile.open(path)) {
      history.append(line(1));
      history.append(line(2));
    }
    byte[] whole = Files.readAllBytes(path);
    for (int length = CHECKED; length < whole.length; length++) {
      Files.write(path, Arrays.copyOf(whole, length));
      assertThat(HistoryFile.read(path)).containsExactly(line(1));
      try (HistoryFile history = HistoryFile.open(path)) {
        history.append(line(2));
      }
      assertThat(Files.readAllBytes(path)).isEqualTo(whole);
    }
  }
}
