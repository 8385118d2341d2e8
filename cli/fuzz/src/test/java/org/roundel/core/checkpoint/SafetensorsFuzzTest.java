package org.roundel.core.checkpoint;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.core.RoundelException;
import org.roundel.fuzz.Hostile;
import org.roundel.fuzz.HostileFile;

class SafetensorsFuzzTest {
  private final Hostile reader =
      Hostile.reader("safetensors", 1 << 21, 200, RoundelException.class);
  private final HostileFile file = new HostileFile("weights.safetensors");

  /** The header, and of whatever it lists the values, into arrays of the size that it states. */
  @DictionaryEntries({
    "\"dtype\":\"F32\"",
    "\"I64\"",
    "\"shape\":[",
    "\"data_offsets\":[0,",
    "\"__metadata__\":{"
  })
  @FuzzTest
  void open(byte[] input) {
    Path path = file.with(input);
    reader.read(
        input.length,
        () -> {
          try (SafetensorsReader tensors = Safetensors.open(path)) {
            for (TensorEntry entry : tensors.tensors().values()) {
              long[] shape = entry.shape().stream().mapToLong(Long::longValue).toArray();
              if (entry.type().equals("F32") && entry.bytes() > 0) {
                tensors.read(entry.name(), Nd4j.createUninitialized(DataType.FLOAT, shape, 'c'));
              }
            }
          }
        });
  }
}
