package org.roundel.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class ProcessorTest {
  @Test
  void readsWhatLinuxSaysOfTheFirstProcessor() throws IOException {
    Processor processor =
        read("processor\t: 0\nmodel name\t: Atom N450\nflags\t\t: sse3 avx2x\n\nflags\t: avx2\n");
    assertThat(processor).isEqualTo(new Processor("Atom N450", true));
    assertThat(read("model name\t: Xeon\nflags\t\t: avx avx2 fma\n"))
        .isEqualTo(new Processor("Xeon", false));
  }

  /** As on ARM. */
  @Test
  void whatSaysNothingLacksNothing() throws IOException {
    assertThat(read("processor\t: 0\nFeatures\t: fp asimd\n"))
        .isEqualTo(new Processor("unknown", false));
  }

  private static Processor read(String text) throws IOException {
    return Processor.of(new BufferedReader(new StringReader(text)), "unknown");
  }
}
