package org.roundel.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every message that the page on troubleshooting quotes is one that the program says. */
class TroubleshootingTest {
  private static final Path PAGE = Path.of("..", "docs", "troubleshooting.md");
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
  private static final Pattern BLOCK =
      Pattern.compile("^```text\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  @Test
  void everyQuotedMessageIsAGoldenOne() throws IOException {
    List<String> golden = new ArrayList<>();
    try (Stream<Path> files = Files.list(GOLDEN)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        golden.add(Files.readString(file));
      }
    }
    Matcher block = BLOCK.matcher(Files.readString(PAGE));
    int blocks = 0;
    while (block.find()) {
      String quoted = block.group(1).strip();
      assertThat(golden).as(quoted).anyMatch(message -> holds(message, quoted));
      blocks++;
    }
    assertThat(blocks).isGreaterThan(8);
  }

  /** An ellipsis stands for anything. */
  private static boolean holds(String message, String quoted) {
    int from = 0;
    for (String part : quoted.split(" ?… ?", -1)) {
      int found = message.indexOf(part, from);
      if (found < 0) {
        return false;
      }
      from = found + part.length();
    }
    return true;
  }
}
