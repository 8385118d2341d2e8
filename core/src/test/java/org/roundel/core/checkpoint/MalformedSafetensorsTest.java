package org.roundel.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.roundel.core.RoundelException;
import org.roundel.core.run.GoldenMessage;

class MalformedSafetensorsTest {
  @TempDir private Path directory;

  static Set<String> faults() {
    return SafetensorsFaults.all().keySet();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void isRefusedWithAMessage(String fault) throws IOException {
    Path path = directory.resolve("x.safetensors");
    Files.write(path, SafetensorsFaults.all().getOrDefault(fault, new byte[0]));
    RoundelException failure =
        catchThrowableOfType(RoundelException.class, () -> Safetensors.open(path));
    GoldenMessage.assertMatches("checkpoint/safetensors/" + fault, failure, directory);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          dtype        | "shape":[2,1],"data_offsets":[0,8]
          shape        | "dtype":"F32","data_offsets":[0,8]
          data_offsets | "dtype":"F32","shape":[2,1]
          """)
  void saysWhichFieldIsMissing(String missing, String fields) throws IOException {
    Path path = directory.resolve("x.safetensors");
    Files.write(path, SafetensorsFaults.file("{\"a\":{" + fields + "}}", new byte[8]));
    assertThatThrownBy(() -> Safetensors.open(path))
        .hasMessageContaining("tensor 'a' has no " + missing);
  }

  /** Any bytes whatever are either read or refused; no other exception gets out. */
  @Test
  void changedBytesNeverLeadToAnotherException() throws IOException {
    String header =
        "{\"__metadata__\":{\"k\":\"v\"},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[8,11]}}";
    byte[] good = SafetensorsFaults.file(header, new byte[11]);
    long seed = 20_240_607;
    Random random = new Random(seed);
    Path path = directory.resolve("x.safetensors");
    int refused = 0;
    for (int round = 0; round < 1000; round++) {
      byte[] changed = good.clone();
      for (int change = 0; change <= round % 3; change++) {
        changed[random.nextInt(changed.length - 11)] = (byte) (32 + random.nextInt(95));
      }
      Files.write(path, changed);
      try (SafetensorsReader reader = Safetensors.open(path)) {
        for (String name : reader.tensors().keySet()) {
          assertThat(reader.readBytes(name))
              .as("seed %d, round %d", seed, round)
              .hasSize((int) reader.tensor(name).bytes());
        }
      } catch (RoundelException failed) {
        refused++;
      }
    }
    assertThat(refused).as("seed %d", seed).isBetween(300, 1000);
  }
}
