package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares a text that users see with the one in {@code src/test/resources/golden}.
 *
 * <p>To write the texts anew, run the tests with {@code -Dgolden.update=true}, read the difference,
 * and commit it; the test fails in that run.
 */
public final class Golden {
  private static final String UPDATE = "golden.update";
  private static final Path DIRECTORY = Path.of("src", "test", "resources", "golden");

  private Golden() {}

  /** Asserts that a text is the golden one of this name. */
  public static void assertGolden(String name, String actual) throws IOException {
    String text = actual.replace("\r\n", "\n").strip() + "\n";
    Path file = DIRECTORY.resolve(name + ".txt");
    if (Boolean.getBoolean(UPDATE)
        && !(Files.exists(file) && Files.readString(file).equals(text))) {
      Files.createDirectories(DIRECTORY);
      Files.writeString(file, text);
      throw new AssertionError("wrote " + file + "; read it, then run without " + UPDATE);
    }
    assertThat(file).as("golden file; -D%s=true writes it", UPDATE).exists();
    assertThat(text)
        .as("%s; -D%s=true writes it anew", file, UPDATE)
        .isEqualTo(Files.readString(file).replace("\r\n", "\n"));
  }
}
