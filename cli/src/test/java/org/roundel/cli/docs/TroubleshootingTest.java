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

/**
 * Every message that the page on troubleshooting quotes is one that the program says, and every
 * golden message has an entry there.
 */
class TroubleshootingTest {
  private static final Path PAGE = Path.of("..", "docs", "troubleshooting.md");
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
  private static final Path CORE_GOLDEN =
      Path.of("..", "core", "src", "test", "resources", "golden");

  /** What the doctor finds, and a sentence of a plugin's own. */
  private static final Pattern NO_MESSAGES = Pattern.compile("doctor-.*|call-invalid-input\\.txt");

  private static final Pattern BLOCK =
      Pattern.compile("^```text\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  /** A row of the last section's tables: its messages stand in the first column. */
  private static final Pattern ROW = Pattern.compile("^\\| (`.*?) \\| ", Pattern.MULTILINE);

  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern NUMBERED = Pattern.compile("^  \\d\\) (.*)$", Pattern.MULTILINE);

  @Test
  void everyGoldenMessageHasAnEntry() throws IOException {
    List<String> entries = new ArrayList<>();
    String page = Files.readString(PAGE);
    Matcher row = ROW.matcher(page.substring(page.indexOf("## Every message")));
    while (row.find()) {
      QUOTED.matcher(row.group(1)).results().forEach(entry -> entries.add(entry.group(1)));
    }
    List<String> messages = goldenMessages();
    assertThat(messages).hasSizeGreaterThan(260);
    for (String message : messages) {
      assertThat(entries).as(message).anyMatch(entry -> holds(message, entry));
    }
    for (String entry : entries) {
      assertThat(messages).as(entry).anyMatch(message -> holds(message, entry));
    }
  }

  /** Returns cli's and core's golden errors and notes, and each problem of a list by itself. */
  private static List<String> goldenMessages() throws IOException {
    List<String> messages = new ArrayList<>();
    try (Stream<Path> ours = Files.list(GOLDEN);
        Stream<Path> core = Files.walk(CORE_GOLDEN)) {
      for (Path file : (Iterable<Path>) Stream.concat(ours, core)::iterator) {
        if (!Files.isRegularFile(file)) {
          continue;
        }
        String text = Files.readString(file);
        boolean message =
            file.startsWith(GOLDEN)
                ? text.startsWith("roundel: ") || text.startsWith("note: ")
                : !NO_MESSAGES.matcher(file.getFileName().toString()).matches();
        if (message) {
          messages.add(text);
          NUMBERED.matcher(text).results().forEach(one -> messages.add(one.group(1)));
        }
      }
    }
    return messages;
  }

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
