package org.roundel.cli.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.roundel.api.InvalidInputException;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.report.terminal.StatusLine;
import org.roundel.report.terminal.Terminal;

class ErrorReporterTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final Terminal terminal = new Terminal(err, err, false, StatusLine.none());

  @Test
  void mapsWhoseFaultItIsToAnExitCode() {
    ErrorReporter failures = new ErrorReporter(terminal, false);
    assertThat(failures.report(new RoundelException(ErrorKind.CONFIGURATION, "a"))).isEqualTo(3);
    assertThat(failures.report(new RoundelException(ErrorKind.PLUGIN, "b"))).isEqualTo(4);
    assertThat(failures.report(new RoundelException(ErrorKind.DIVERGED, "c"))).isEqualTo(5);
    assertThat(failures.report(new InvalidInputException("d"))).isEqualTo(3);
    assertThat(printed().lines())
        .containsExactly("roundel: a", "roundel: b", "roundel: c", "roundel: d");
  }

  @Test
  void colorsWhetherItIsAnErrorOrAWarningOnATerminal() {
    StatusLine line = new StatusLine(err, OptionalInt.of(80), () -> 0);
    new ErrorReporter(new Terminal(err, err, true, line), false).print("a\nb");
    new ErrorReporter(new Terminal(err, err, true, line), false).print("warning: c");
    new ErrorReporter(new Terminal(err, err, true, StatusLine.none()), false).print("d");
    assertThat(printed().lines())
        .containsExactly(
            "\u001b[31mroundel:\u001b[0m a",
            "b",
            "\u001b[33mroundel:\u001b[0m warning: c",
            "roundel: d");
  }

  @Test
  void printsNoMessageAtItsFullLengthAndNoControlCharacter() {
    ErrorReporter failures = new ErrorReporter(terminal, false);
    failures.print("a\u001b[2J\u0000b\tc");
    failures.print("x".repeat(1_000_000));
    failures.print("line\n".repeat(1_000_000));
    String[] lines = printed().split("\n", -1);
    assertThat(lines[0]).isEqualTo("roundel: a?[2J?b\tc");
    assertThat(lines[1]).isEqualTo("roundel: " + "x".repeat(4000) + "… (1000000 characters)");
    assertThat(lines).hasSize(1 + 1 + 200 + 1 + 1);
    assertThat(printed()).endsWith("line\n...\n");
  }

  @Test
  void takesAFailedReadOrWriteForTheUsersMatter() {
    ErrorReporter failures = new ErrorReporter(terminal, false);
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
  void saysWhichMemoryRanOutHoweverDeepTheErrorLies() {
    ErrorReporter failures = new ErrorReporter(terminal, false);
    OutOfMemoryError heap = new OutOfMemoryError("Java heap space");
    long mebibytes = Runtime.getRuntime().maxMemory() >> 20;
    for (Throwable thrown :
        List.of(
            heap,
            new IllegalStateException(new RuntimeException(heap)),
            new UncheckedIOException(new IOException(heap)),
            new NoClassDefFoundError("Could not initialize class x")
                .initCause(
                    new ExceptionInInitializerError(
                        "Exception java.lang.OutOfMemoryError: Java heap space [in main]")))) {
      bytes.reset();
      assertThat(failures.report(thrown)).isEqualTo(3);
      assertThat(printed())
          .startsWith(
              "roundel: memory ran out: the Java heap is full, and holds at most "
                  + mebibytes
                  + " MiB. It has the images: give it more, as in ROUNDEL_OPTS=-Xmx"
                  + 2 * mebibytes
                  + "m, or keep fewer with dataset.train-limit and dataset.test-limit");
    }
    bytes.reset();
    failures.report(new IllegalStateException(new OutOfMemoryError("Cannot allocate new x(9)")));
    assertThat(printed())
        .startsWith(
            "roundel: memory ran out outside the Java heap: Cannot allocate new x(9). Use a smaller"
                + " batch-size or a narrower net, or end other programs");
    bytes.reset();
    failures.report(new OutOfMemoryError("unable to create native thread: possibly ..."));
    assertThat(printed()).contains("no thread can be started", "--threads 1");
  }

  @Test
  void causesThatLeadInACircleEnd() {
    IllegalStateException one = new IllegalStateException("one");
    one.initCause(new IllegalStateException("two", one));
    assertThat(new ErrorReporter(terminal, false).report(one)).isEqualTo(ExitCodes.INTERNAL);
  }

  @Test
  void keepsTheTraceOfAnInternalErrorInAFile() throws IOException {
    assertThat(new ErrorReporter(terminal, false).report(new IllegalStateException("the cause")))
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
    assertThat(new ErrorReporter(terminal, true).report(new IllegalStateException("x")))
        .isEqualTo(1);
    assertThat(printed()).contains("\tat org.roundel.cli.error.ErrorReporterTest");
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
