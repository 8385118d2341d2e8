package org.roundel.datasets.cifar;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.roundel.api.InvalidInputException;
import org.roundel.api.dataset.Split;
import org.roundel.fuzz.Hostile;
import org.roundel.fuzz.HostileFile;

class CifarFuzzTest {
  private final Hostile reader = Hostile.reader("CIFAR", 1 << 21, 20, InvalidInputException.class);
  private final HostileFile file = new HostileFile("data_batch_1.bin");

  /** A file of images, then the same bytes as the file of the classes' names. */
  @FuzzTest
  void read(byte[] input) throws IOException {
    Path path = file.with(input);
    CifarFiles files = new CifarFiles(SmallCifar.FORMAT, path.getParent());
    reader.read(input.length, () -> files.read(Split.TRAIN, 2));
    reader.read(input.length, () -> files.check("data_batch_1.bin"));
    Files.write(path.resolveSibling("batches.meta.txt"), input);
    reader.read(input.length, files::classNames);
  }
}
