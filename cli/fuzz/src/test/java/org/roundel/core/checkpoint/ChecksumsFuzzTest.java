package org.roundel.core.checkpoint;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.roundel.fuzz.Hostile;
import org.roundel.fuzz.HostileFile;

/** The file of checksums, beside files that are empty: none of them is a checkpoint's. */
class ChecksumsFuzzTest {
  private final Hostile reader =
      Hostile.reader(
          "checksums of a checkpoint", 2 << 20, 200, CheckpointFiles.DamageException.class);
  private final HostileFile file = new HostileFile(CheckpointFiles.SUMS);

  @DictionaryEntries({
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "  weights.safetensors\\x0A",
    "  training.safetensors\\x0A",
    "  state.json\\x0A",
    " *best\\x0A"
  })
  @FuzzTest
  void open(byte[] input) throws IOException {
    Path directory = file.with(input).toAbsolutePath().getParent();
    for (String name :
        new String[] {CheckpointFiles.WEIGHTS, CheckpointFiles.TRAINING, CheckpointFiles.STATE}) {
      Path empty = directory.resolve(name);
      if (!Files.exists(empty)) {
        Files.createFile(empty).toFile().deleteOnExit();
      }
    }
    reader.read(input.length, () -> CheckpointFiles.open(directory, StateCheck.NONE).close());
  }
}
