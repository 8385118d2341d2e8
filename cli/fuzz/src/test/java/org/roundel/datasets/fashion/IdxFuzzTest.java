package org.roundel.datasets.fashion;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import org.roundel.api.InvalidInputException;
import org.roundel.fuzz.Hostile;

class IdxFuzzTest {
  private final Hostile reader = Hostile.reader("IDX", 1 << 20, 10, InvalidInputException.class);

  /** Two images, or three labels, as they are. */
  @FuzzTest
  void values(byte[] input) {
    reader.read(input.length, () -> file(input).images(2, 2));
    reader.read(input.length, () -> file(input).labels(3, 2, 10));
  }

  private static IdxFile file(byte[] input) {
    return new IdxFile("images.idx", new ByteArrayInputStream(input));
  }
}
