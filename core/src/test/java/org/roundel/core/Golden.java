package org.roundel.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Compares a text that users see with the one in {@code src/test/resources/golden}.
 *
 * <p>To write the texts anew, run the tests with {@code -Dgolden.update=true}, read the difference,
 * and commit it. A test whose text has changed fails in that run too; run again until none does.
 */
public final class Golden {
  private static final String UPDATE = "golden.update";
  private static final Path DIRECTORY = Path.of("src", "test", "resources", "golden");

  private Golden() {}

  /**
   * Asserts that a text is the golden one.
   *
   * @param name the file below the golden directory without {@code .txt}, as in {@code
   *     plugin/empty-file}
   * @param actual the text
   * @param placeholders what stands in the golden file for a text that differs from run to run, by
   *     that text; longer ones are replaced first
   */
  public static void assertGolden(String name, String actual, Map<String, String> placeholders) {
    String text = actual;
    List<String> varying = new ArrayList<>(placeholders.keySet());
    varying.sort(Comparator.comparing(String::length).reversed());
    for (String part : varying) {
      text = text.replace(part, placeholders.getOrDefault(part, ""));
    }
    text = text.replace("\r\n", "\n").strip() + "\n";
    Path file = DIRECTORY.resolve(name + ".txt");
    try {
      if (Boolean.getBoolean(UPDATE)
          && !(Files.exists(file) && Files.readString(file).equals(text))) {
        Files.createDirectories(DIRECTORY.resolve(name).getParent());
        Files.writeString(file, text);
        throw new AssertionError("wrote " + file + "; read it, then run without " + UPDATE);
      }
      assertThat(file).as("golden file; -D%s=true writes it", UPDATE).exists();
      assertThat(text)
          .as("%s; -D%s=true writes it anew", file, UPDATE)
          .isEqualTo(Files.readString(file).replace("\r\n", "\n"));
    } catch (IOException failed) {
      throw new AssertionError("cannot read or write " + file.toAbsolutePath(), failed);
    }
  }
}
