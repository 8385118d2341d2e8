package org.roundel.core.record;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import org.roundel.core.RoundelException;
import org.roundel.fuzz.CheckedDocument;
import org.roundel.fuzz.Hostile;

class FinalTestFuzzTest {
  private static final int CHECKED = 2;

  private final Hostile reader =
      Hostile.reader("result on test images", 1 << 22, 500, RoundelException.class);

  @FuzzTest
  void read(byte[] input) {
    byte[] content = CheckedDocument.mended(input, CHECKED);
    reader.read(content.length, () -> FinalTestFile.of(Path.of("test.json"), content));
  }
}
