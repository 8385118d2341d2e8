package org.roundel.cli.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessMemoryTest {
  @TempDir private Path directory;

  @Test
  void readsThePeakThatLinuxKeeps() throws IOException {
    Path status = directory.resolve("status");
    Files.writeString(status, "Name:\tjava\nVmHWM:\t  987412 kB\nVmRSS:\t  5000 kB\n");
    assertThat(ProcessMemory.read(status)).isEqualTo(new ProcessMemory(987_412L * 1024, true));
  }

  @Test
  void saysWhatThereIsNowWhereNobodyKeepsThePeak() throws IOException {
    ProcessMemory elsewhere = ProcessMemory.read(directory.resolve("missing"));
    assertThat(elsewhere.peak()).isFalse();
    assertThat(elsewhere.bytes()).isBetween(1L << 20, 1L << 50);
    Path odd = directory.resolve("odd");
    Files.writeString(odd, "VmHWM:\tmuch\n");
    assertThat(ProcessMemory.read(odd).peak()).isFalse();
  }

  @Test
  void thePeakIsNoLessThanWhatThereIs() {
    long before = Pointer.physicalBytes();
    ProcessMemory memory = ProcessMemory.read();
    // The system counts in batches of pages per thread, so that the two may differ by a little.
    assertThat(memory.bytes()).isGreaterThan(before * 9 / 10);
  }
}
