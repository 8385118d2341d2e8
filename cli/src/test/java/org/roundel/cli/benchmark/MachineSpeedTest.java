package org.roundel.cli.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MachineSpeedTest {
  /** With a clock by which everything takes a millisecond, the speeds are the amounts of work. */
  @Test
  void countsOperationsAndBytes() throws InterruptedException {
    AtomicLong readings = new AtomicLong();
    MachineSpeed speed = MachineSpeed.measure(() -> 1_000_000 * readings.getAndIncrement());
    assertThat(speed.gemmFlops()).isEqualTo(2.0 * 1024 * 1024 * 1024 * 1000);
    assertThat(speed.copyBytes()).isEqualTo(2.0 * 128 * 1024 * 1024 * 1000);
    assertThat(speed.copyThreads()).isEqualTo(Runtime.getRuntime().availableProcessors());
  }
}
