package org.roundel.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

/** Compares a failure's message with a text file among the test resources. */
public final class GoldenMessage {
  private GoldenMessage() {}

  /**
   * Asserts kind and message of a failure.
   *
   * @param resource path below {@code golden/}
   * @param directory stands as {@code <dir>} in the text, checksums as {@code <sha256>}
   */
  public static void assertMatches(String resource, RoundelException failure, Path directory)
      throws IOException {
    assertThat(failure.kind()).isEqualTo(ErrorKind.CONFIGURATION);
    String message =
        String.valueOf(failure.getMessage())
            .replace(directory.toString(), "<dir>")
            .replaceAll("\\b[0-9a-f]{64}\\b", "<sha256>");
    assertThat(message + "\n").isEqualTo(read(resource));
  }

  private static String read(String resource) throws IOException {
    try (InputStream in = GoldenMessage.class.getResourceAsStream("/golden/" + resource)) {
      assertThat(in).as("resource golden/" + resource).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
