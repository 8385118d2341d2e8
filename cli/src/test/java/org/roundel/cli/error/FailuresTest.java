package org.roundel.cli.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.roundel.api.InvalidInputException;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

class FailuresTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void mapsWhoseFaultItIsToAnExitCode() {
    Failures failures = new Failures(err, false);
    assertThat(failures.report(new RoundelException(ErrorKind.CONFIGURATION, "a"))).isEqualTo(3);
    assertThat(failures.report(new RoundelException(ErrorKind.PLUGIN, "b"))).isEqualTo(4);
    assertThat(failures.report(new RoundelException(ErrorKind.DIVERGED, "c"))).isEqualTo(5);
    assertThat(failures.report(new InvalidInputException("d"))).isEqualTo(3);
    assertThat(printed().lines())
        .containsExactly("roundel: a", "roundel: b", "roundel: c", "roundel: d");
  }

  @Test
  void takesAFailedReadOrWriteForTheUsersMatter() {
    Failures failures = new Failures(err, false);
    IOException full = new IOException("No space left on device");
    assertThat(failures.report(full)).isEqualTo(3);
    assertThat(failures.report(new UncheckedIOException(full))).isEqualTo(3);
    assertThat(printed().lines())
        .hasSize(2)
        .allMatch(
            line ->
                line.equals(
                    "roundel: reading or writing failed: No space left on device. Check the"
                        + " path, the permissions and the disk's free space."));
  }

  @Test
  void keepsTheTraceOfAnInternalErrorInAFile() throws IOException {
    assertThat(new Failures(err, false).report(new IllegalStateException("the cause")))
        .isEqualTo(ExitCodes.INTERNAL);
    assertThat(printed().lines()).hasSize(1);
    assertThat(printed())
        .startsWith("roundel: internal error, a fault of this program: IllegalStateException: the");
    Path file = Path.of(printed().strip().replaceFirst(".* the file ", ""));
    assertThat(Files.readString(file)).contains("IllegalStateException: the cause", "\tat ");
    Files.delete(file);
  }

  @Test
  void printsTheTraceIfAskedTo() {
    assertThat(new Failures(err, true).report(new IllegalStateException("x"))).isEqualTo(1);
    assertThat(printed()).contains("\tat org.roundel.cli.error.FailuresTest");
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
