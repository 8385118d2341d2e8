package org.roundel.cli.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * How messages end: one of a single sentence has no full stop; of several, each has one, the last
 * too, unless it ends with what is to be typed, where a full stop would be typed with it.
 */
class MessageEndTest {
  private static final List<Path> GOLDEN =
      List.of(Path.of("src/test/resources/golden"), Path.of("../core/src/test/resources/golden"));

  private static final Pattern SENTENCE = Pattern.compile("[A-Za-z0-9)\\]}>'\"…][.!?] [A-Z]");

  /** A quoted command, an option, a path, a setting or a number. */
  private static final Pattern TYPED = Pattern.compile(".*('|[^ ]*[-/=.0-9][^ ]*)");

  @Test
  void everyGoldenMessageOfOneLineKeepsTheRule() throws IOException {
    List<String> wrong = new ArrayList<>();
    int messages = 0;
    for (Path directory : GOLDEN) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
          List<String> lines = Files.readAllLines(file);
          if (lines.size() == 1 && !lines.get(0).matches(".*[:,]")) {
            messages++;
            if (!keepsTheRule(lines.get(0))) {
              wrong.add(file.getFileName() + ": " + lines.get(0));
            }
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(messages).isGreaterThan(100);
  }

  @Test
  void theRuleTellsRightFromWrong() {
    assertThat(keepsTheRule("roundel: there is no file x; name another")).isTrue();
    assertThat(keepsTheRule("roundel: there is no file x; name another.")).isFalse();
    assertThat(keepsTheRule("roundel: there is no file x. Name another.")).isTrue();
    assertThat(keepsTheRule("roundel: there is no file x. Name another")).isFalse();
    assertThat(keepsTheRule("roundel: there is no x. See 'roundel list'")).isTrue();
    assertThat(keepsTheRule("roundel: there is no x. Name its directory by --data-dir")).isTrue();
  }

  private static boolean keepsTheRule(String message) {
    boolean several = SENTENCE.matcher(message).find();
    boolean stop = message.endsWith(".");
    boolean typed = TYPED.matcher(message.substring(message.lastIndexOf(' ') + 1)).matches();
    return several ? stop || typed : !stop;
  }
}
