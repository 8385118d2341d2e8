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

/** One voice for all messages that tests keep word for word. */
class GoldenMessagesTest {
  /** A name, or what stands in a golden text for a path. */
  private static final Pattern NAME = Pattern.compile("Java |Spark |[A-Z]{2}.*");

  private static final Pattern TWO_ENDS = Pattern.compile("[?!,;:.][,;:]|[?!,;:]\\.(?!\\.)");

  private static List<String> messages() throws IOException {
    List<String> messages = new ArrayList<>();
    for (Path module : List.of(Path.of(""), Path.of("..", "core"))) {
      try (Stream<Path> files =
          Files.walk(module.resolve(Path.of("src", "test", "resources", "golden")))) {
        for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
          String text = Files.readString(file);
          if (text.startsWith("roundel: ")) {
            messages.add(text.substring("roundel: ".length()));
          } else if (module.endsWith("core")) {
            messages.add(text);
          }
        }
      }
    }
    return messages;
  }

  /** A message stands behind the program's name, and in lists of problems. */
  @Test
  void beginWithASmallLetter() throws IOException {
    assertThat(messages())
        .hasSizeGreaterThan(100)
        .allMatch(text -> !Character.isUpperCase(text.charAt(0)) || NAME.matcher(text).lookingAt());
  }

  @Test
  void haveOneMarkAtTheEndOfASentence() throws IOException {
    assertThat(messages()).noneMatch(text -> TWO_ENDS.matcher(text).find());
  }
}
