package org.roundel.sweep.lease;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.roundel.fuzz.Hostile;

class LeaseFuzzTest {
  private final Hostile reader = Hostile.reader("lease of a sweep's cell", 1 << 20, 200);

  /** Whatever is none is no lease; nothing is thrown. */
  @FuzzTest
  void read(byte[] input) {
    String content = new String(input, StandardCharsets.UTF_8);
    reader.read(input.length, () -> LeaseRecord.of(content));
  }
}
