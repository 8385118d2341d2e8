package org.roundel.datasets.fashion;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import java.util.List;
import org.roundel.api.InvalidInputException;
import org.roundel.api.dataset.Split;
import org.roundel.fuzz.Hostile;
import org.roundel.fuzz.HostileFile;

class PackedIdxFuzzTest {
  private static final IdxPart PART = new IdxPart(Split.TEST, false, 3);

  private final Hostile reader =
      Hostile.reader("IDX, packed by gzip", 1 << 21, 10, InvalidInputException.class);
  private final HostileFile file = new HostileFile(PART.fileName() + ".gz");

  /** The file of labels as it is downloaded. */
  @FuzzTest
  void labels(byte[] input) {
    Path path = file.with(input);
    FashionMnistFiles files =
        new FashionMnistFiles("fashion-mnist", List.of(PART), path.getParent());
    reader.read(input.length, () -> files.read(PART, 2));
  }
}
