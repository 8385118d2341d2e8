package org.roundel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTextTest {
  @Test
  void quotesAShortTextAsItIs() {
    assertThat(MessageText.quoted("résumé 1")).isEqualTo("'résumé 1'");
  }

  @Test
  void showsTheBeginningAndTheLengthOfALongText() {
    assertThat(MessageText.quoted("x".repeat(1_000_000)))
        .isEqualTo("'" + "x".repeat(100) + "… (1000000 characters)'");
  }

  @Test
  void cutsNoCharacterInTwo() {
    assertThat(MessageText.bounded("x".repeat(99) + "\uD83D\uDE00"))
        .startsWith("x".repeat(99) + "…");
  }

  @Test
  void showsControlCharactersAndLineBreaksAsEscapes() {
    assertThat(MessageText.quoted("a\0b\u001b[2J\n\u2028"))
        .isEqualTo("'a\\u0000b\\u001b[2J\\n\\u2028'");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "runs/x-1, runs/x-1",
        "/data/my runs, '/data/my runs'",
        "-x, ./-x",
        "@x, ./@x",
        "~x, '~x'",
        "dätä, 'dätä'"
      })
  void quotesOnlyWhatAShellWouldTakeOtherwise(String path, String word) {
    assertThat(MessageText.shellWord(Path.of(path))).isEqualTo(word);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "two words",
        "-x",
        "--run-dir",
        "it's",
        "a\nb",
        "$(touch x)",
        "`id`",
        "a\\b",
        "*",
        "~",
        "#x",
        "a;b",
        "a\"b",
        "!x",
        "ö €",
        "=x",
        "@x",
        "'"
      })
  void aShellReadsTheWordAsThePath(String name) throws Exception {
    assertThat(Path.of(echo("sh", MessageText.shellWord(Path.of(name)))).normalize())
        .isEqualTo(Path.of(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\tb", "\u001b[31m'x'\\", "a\rb\nc"})
  void aModernShellReadsControlCharactersToo(String name) throws Exception {
    String word = MessageText.shellWord(Path.of(name));
    assertThat(word.chars().noneMatch(Character::isISOControl)).as(word).isTrue();
    assertThat(echo("bash", word)).isEqualTo(name);
  }

  private static String echo(String shell, String word) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of(shell)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var in = process.getOutputStream()) {
      in.write(("printf %s " + word).getBytes(StandardCharsets.UTF_8));
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(word).isZero();
    return out;
  }
}
