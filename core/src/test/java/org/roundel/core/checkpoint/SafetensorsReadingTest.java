package org.roundel.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.core.RoundelException;

/** What a reader does whatever it has read before, and at the ends of a file. */
class SafetensorsReadingTest {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = directory.resolve("two.safetensors");
    Safetensors.write(
        file,
        List.of(
            NamedTensor.floats("first", FloatBuffer.wrap(new float[] {1, 2}), 1, 2),
            NamedTensor.floats("second", FloatBuffer.wrap(new float[] {3}), 1)),
        Map.of());
  }

  @Test
  void readsTensorsInAnyOrder() {
    try (SafetensorsReader reader = Safetensors.open(file)) {
      assertThat(reader.readFloats("second", List.of(1))).containsExactly(3);
      assertThat(reader.readFloats("first", List.of(1, 2))).containsExactly(1, 2);
      assertThat(reader.readFloats("first", List.of(1, 2))).containsExactly(1, 2);
    }
  }

  @Test
  void refusesAnotherShapeOfAsManyElements() {
    try (SafetensorsReader reader = Safetensors.open(file)) {
      assertThatThrownBy(() -> reader.readFloats("first", List.of(2, 1)))
          .isInstanceOf(RoundelException.class)
          .hasMessageContaining("first");
    }
  }

  /** So far behind the end, a header would still fit into the file with its length's own bytes. */
  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void refusesAHeaderThatEndsJustBehindTheFile(int beyond) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    long follow = bytes.length - 8;
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(follow + beyond);
    Files.write(file, bytes);
    String fault =
        "its header's length is " + (follow + beyond) + " bytes, but only " + follow + " follow";
    assertThatThrownBy(() -> Safetensors.open(file).close())
        .isInstanceOf(RoundelException.class)
        .hasMessageContaining(fault);
  }
}
