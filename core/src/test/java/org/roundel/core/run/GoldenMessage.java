package org.roundel.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.roundel.core.ErrorKind;
import org.roundel.core.Golden;
import org.roundel.core.RoundelException;

/** Compares a failure about files with a golden text. */
public final class GoldenMessage {
  private GoldenMessage() {}

  /**
   * Asserts kind and message of a failure.
   *
   * @param name as {@link Golden} takes it
   * @param directory stands as {@code <dir>} in the text, checksums as {@code <sha256>}
   */
  public static void assertMatches(String name, RoundelException failure, Path directory) {
    assertThat(failure.kind()).isEqualTo(ErrorKind.CONFIGURATION);
    String message =
        String.valueOf(failure.getMessage()).replaceAll("\\b[0-9a-f]{64}\\b", "<sha256>");
    Golden.assertGolden(name, message, Map.of(directory.toString(), "<dir>"));
  }
}
