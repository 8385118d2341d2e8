package org.roundel.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
  @Test
  void hasNothingToSayOfWhatWasWritten() {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    StandardOutput output = new StandardOutput(written, StandardCharsets.UTF_8, false);
    output.stream().print("größer");
    assertThat(output.failure()).isNull();
    assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("größer");
  }

  @Test
  void keepsTheFirstFailureInMind() {
    StandardOutput output = failing("No space left on device", false);
    output.stream().println("lost");
    output.stream().println("lost too");
    assertThat(output.failure()).hasMessage("No space left on device");
  }

  @Test
  void noticesWhatFailsOnlyAtTheEnd() {
    StandardOutput output = failing("No space left on device", false);
    output.stream().print("held back");
    assertThat(output.failure()).hasMessage("No space left on device");
  }

  @Test
  void aReaderThatHasEnoughIsNoFailure() {
    StandardOutput named = failing("Broken pipe", false);
    named.stream().println("unread");
    assertThat(named.failure()).isNull();
    StandardOutput known = failing("Relais brisé (pipe)", true);
    known.stream().println("unread");
    assertThat(known.failure()).isNull();
  }

  private static StandardOutput failing(String message, boolean pipe) {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException(message);
          }
        };
    return new StandardOutput(full, StandardCharsets.UTF_8, pipe);
  }
}
