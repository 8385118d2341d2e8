package org.roundel.core.record;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.roundel.core.RoundelException;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.fuzz.Hostile;
import org.roundel.fuzz.HostileFile;

class CheckpointStateFuzzTest {
  private static final String NAME = CheckpointStore.stepName(4);

  private final Hostile reader =
      Hostile.reader("training state", 1 << 22, 500, RoundelException.class);
  private final HostileFile file = new HostileFile("checkpoints");
  private final CheckpointStore store = new CheckpointStore(file.path(), 1);
  private final Path checkpoint = file.path().resolve(NAME);
  private final String sums;

  CheckpointStateFuzzTest() throws IOException {
    store.write(NAME, JsonNodeFactory.instance.objectNode(), List.of(), Map.of(), List.of(), false);
    sums = Files.readString(checkpoint.resolve("SHA256SUMS"));
  }

  /** A state with the right checksum, as one who alters files would write it. */
  @DictionaryEntries({
    "\"quantized\":{",
    "\"moves\":",
    "\"roundingError\":\"NaN\"",
    "\"bestError\":null",
    "\"configuration\":{",
    "1000000000000000000"
  })
  @FuzzTest
  void state(byte[] input) throws IOException {
    Files.write(checkpoint.resolve("state.json"), input);
    Files.writeString(
        checkpoint.resolve("SHA256SUMS"),
        sums.replaceAll("[0-9a-f]{64}(?=  state.json)", sha256(input)));
    open(input.length);
  }

  private void open(int length) {
    reader.read(length, () -> store.open(NAME, CheckpointState::check).close());
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
