package org.roundel.safetensors;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import org.roundel.api.InvalidInputException;
import org.roundel.fuzz.Hostile;
import org.roundel.fuzz.HostileFile;

class PackedFuzzTest {
  private final Hostile reader =
      Hostile.reader("packed file", 1 << 22, 500, InvalidInputException.class);
  private final HostileFile file = new HostileFile("net.safetensors");

  /** A file as it comes: most that is altered meets the checksum. */
  @FuzzTest
  void read(byte[] input) {
    Path path = file.with(input);
    reader.read(input.length, () -> PackedReader.read(path));
  }
}
