package org.roundel.dl4j.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.roundel.onednn.net.OpenMp;

class OpenMpThreadsTest {
  @Test
  void everyThreadHasItsOwnNumber() throws InterruptedException {
    OpenMp known = OpenMpThreads.ofOneDnn();
    assumeThat(known).as("not on Linux").isNotNull();
    OpenMp openMp = Objects.requireNonNull(known);
    int before = openMp.threads();
    List<Integer> others = new ArrayList<>();
    try {
      openMp.setThreads(3);
      Thread other =
          new Thread(
              () -> {
                openMp.setThreads(1);
                others.add(openMp.threads());
              });
      other.start();
      other.join();
      assertThat(others).containsExactly(1);
      assertThat(openMp.threads()).isEqualTo(3);
    } finally {
      openMp.setThreads(before);
    }
  }
}
