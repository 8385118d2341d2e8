package org.roundel.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.roundel.core.RoundelException;
import org.roundel.core.run.GoldenMessage;

class SafetensorsTest {
  /**
   * A file put together by hand from the format's published description (README of
   * huggingface/safetensors, section "Format"): the header's length as an unsigned 64-bit
   * little-endian number, the header in JSON, the elements.
   *
   * <pre>
   *   78 00 …        0x78 = 120, the length of the header with its padding
   *   {"weight":…}   116 characters
   *   20 20 20 20    four spaces, so that the elements begin at byte 128, a multiple of 8
   *   00 00 80 3f    1.0 = 0x3f800000, low byte first
   *   00 00 00 c0    -2.0 = 0xc0000000
   *   00 00 20 3e    0.15625 = 0x3e200000
   *   ff 7f          0xff and 0x7f as I8: -1 and 127
   * </pre>
   */
  private static final String HEADER =
      "{\"weight\":{\"dtype\":\"F32\",\"shape\":[3,1],\"data_offsets\":[0,12]},"
          + "\"s\":{\"dtype\":\"I8\",\"shape\":[2],\"data_offsets\":[12,14]}}";

  private static final String LENGTH = "7800000000000000";
  private static final String PADDING = "20202020";
  private static final String ELEMENTS = "0000803f" + "000000c0" + "0000203e" + "ff7f";

  @TempDir private Path directory;

  private static byte[] handMade() {
    HexFormat hex = HexFormat.of();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(hex.parseHex(LENGTH));
    bytes.writeBytes(HEADER.getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(hex.parseHex(PADDING + ELEMENTS));
    return bytes.toByteArray();
  }

  @Test
  void writesTheBytesOfTheHandMadeFile() throws IOException {
    Path path = directory.resolve("written.safetensors");
    FloatBuffer values = FloatBuffer.wrap(new float[] {1, -2, 0.15625f});
    ByteBuffer signs = ByteBuffer.wrap(new byte[] {-1, 127});

    Safetensors.write(
        path,
        List.of(
            NamedTensor.floats("weight", values, 3, 1),
            NamedTensor.bytes("s", ElementType.I8, signs, 2)),
        Map.of());

    assertThat(Files.readAllBytes(path)).isEqualTo(handMade());
  }

  @Test
  void readsTheHandMadeFile() throws IOException {
    Path path = Files.write(directory.resolve("made.safetensors"), handMade());
    try (SafetensorsReader reader = Safetensors.open(path)) {
      assertThat(reader.tensors().values())
          .containsExactly(
              new TensorEntry("weight", "F32", List.of(3L, 1L), 0, 12),
              new TensorEntry("s", "I8", List.of(2L), 12, 14));
      FloatBuffer values = FloatBuffer.allocate(3);
      reader.readFloats("weight", values);
      assertThat(values.array()).containsExactly(1, -2, 0.15625f);
      assertThat(reader.readBytes("s")).containsExactly(-1, 127);
    }
  }

  @Test
  void readsHeadersThatOthersWriteDifferently() throws IOException {
    // Not padded, white space, any order of tensors and fields, an escape, an unknown field.
    String header =
        "{ \"b\" : {\"data_offsets\":[4,5], \"shape\":[ ], \"dtype\":\"U8\", \"note\":{\"x\":[1]}},"
            + "\n \"\\u0061\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"__metadata__\":{\"format\":\"pt\"}}";
    Path path =
        Files.write(
            directory.resolve("other.safetensors"),
            SafetensorsFaults.file(header, new byte[] {0, 0, (byte) 0x80, 0x3f, 9}));
    try (SafetensorsReader reader = Safetensors.open(path)) {
      assertThat(reader.tensors().keySet()).containsExactly("a", "b");
      assertThat(reader.metadata()).isEqualTo(Map.of("format", "pt"));
      FloatBuffer value = FloatBuffer.allocate(1);
      reader.readFloats("a", value);
      assertThat(value.get(0)).isEqualTo(1);
      assertThat(reader.readBytes("b")).containsExactly(9);
    }
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void everyTypeComesBack(ElementType type) {
    byte[] bytes = new byte[6 * type.size()];
    new Random(5).nextBytes(bytes);
    NamedTensor tensor = NamedTensor.bytes("t", type, ByteBuffer.wrap(bytes), 2, 3);
    try (SafetensorsReader reader = written(List.of(tensor), Map.of())) {
      assertThat(reader.tensor("t").type()).isEqualTo(type.name());
      assertThat(reader.tensor("t").shape()).containsExactly(2L, 3L);
      assertThat(reader.tensor("t").elements()).isEqualTo(6);
      assertThat(reader.readBytes("t")).isEqualTo(bytes);
    }
  }

  @Test
  void emptyAndScalarAndUnalignedTensorsComeBackInOrder() {
    List<NamedTensor> tensors =
        List.of(
            NamedTensor.bytes("z odd", ElementType.U8, ByteBuffer.wrap(new byte[] {1, 2, 3}), 3),
            NamedTensor.floats("empty", FloatBuffer.allocate(0), 0, 5),
            NamedTensor.floats("scalar ≤ \"1\"", FloatBuffer.wrap(new float[] {-0f})),
            NamedTensor.floats("a", FloatBuffer.wrap(new float[] {Float.NaN, 3}), 2));
    try (SafetensorsReader reader = written(tensors, Map.of("by", "a test"))) {
      assertThat(reader.tensors().keySet())
          .containsExactly("z odd", "empty", "scalar ≤ \"1\"", "a");
      assertThat(reader.metadata()).isEqualTo(Map.of("by", "a test"));
      assertThat(reader.tensor("empty").shape()).containsExactly(0L, 5L);
      assertThat(reader.readBytes("empty")).isEmpty();
      assertThat(reader.tensor("scalar ≤ \"1\"").shape()).isEmpty();
      assertThat(reader.readBytes("scalar ≤ \"1\"")).containsExactly(0, 0, 0, 0x80);
      FloatBuffer values = FloatBuffer.allocate(2);
      reader.readFloats("a", values);
      assertThat(values.array()).containsExactly(Float.NaN, 3);
    }
  }

  @Test
  void aFileWithoutTensorsComesBack() {
    try (SafetensorsReader reader = written(List.of(), Map.of())) {
      assertThat(reader.tensors()).isEmpty();
    }
  }

  @Test
  void arraysLongerThanTheBufferComeBackFromTheMiddleOfALargerOne() {
    INDArray whole = Nd4j.arange(99_999).castTo(DataType.FLOAT).reshape(3, 33_333);
    INDArray row = whole.get(NDArrayIndex.interval(1, 3), NDArrayIndex.all());
    List<NamedTensor> tensors = List.of(NamedTensor.of("rows", row), NamedTensor.of("all", whole));
    INDArray found = Nd4j.create(DataType.FLOAT, 2, 33_333);
    try (SafetensorsReader reader = written(tensors, Map.of())) {
      reader.read("rows", found);
      assertThat(found).isEqualTo(row);
      INDArray all = Nd4j.create(DataType.FLOAT, 3, 33_333);
      reader.read("all", all);
      assertThat(all).isEqualTo(whole);
    }
  }

  @Test
  void returnsLengthAndHashOfTheFile() throws Exception {
    Path path = directory.resolve("t.safetensors");
    FloatBuffer values = FloatBuffer.allocate(50_000);
    WrittenFile written =
        Safetensors.write(path, List.of(NamedTensor.floats("v", values, 50_000)), Map.of());
    byte[] bytes = Files.readAllBytes(path);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
    assertThat(written).isEqualTo(new WrittenFile(bytes.length, HexFormat.of().formatHex(digest)));
  }

  @Test
  void theElementsBeginAtAMultipleOfEight() throws IOException {
    for (int length = 1; length <= 16; length++) {
      FloatBuffer value = FloatBuffer.wrap(new float[] {1});
      Path path = directory.resolve("t.safetensors");
      Safetensors.write(path, List.of(NamedTensor.floats("n".repeat(length), value, 1)), Map.of());
      assertThat((Files.size(path) - Float.BYTES) % 8).isZero();
    }
  }

  @Test
  void refusesNamesThatAreTakenAndShapesThatDoNotFit() {
    FloatBuffer value = FloatBuffer.allocate(2);
    NamedTensor tensor = NamedTensor.floats("t", value, 2);
    Path path = directory.resolve("t.safetensors");
    assertThatThrownBy(() -> Safetensors.write(path, List.of(tensor, tensor), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the name t is reserved or used twice");
    NamedTensor reserved = NamedTensor.floats("__metadata__", value, 2);
    assertThatThrownBy(() -> Safetensors.write(path, List.of(reserved), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NamedTensor.floats("t", value, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NamedTensor.floats("t", value, -1, -2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NamedTensor.floats("t", value, 1L << 31, 1L << 31, 4))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysWhatDoesNotFitWhenATensorIsRead() throws IOException {
    List<NamedTensor> tensors = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      tensors.add(NamedTensor.floats("w" + i, FloatBuffer.allocate(6), 2, 3));
    }
    tensors.add(NamedTensor.bytes("u8", ElementType.U8, ByteBuffer.allocate(6), 6));
    try (SafetensorsReader reader = written(tensors, Map.of())) {
      assertGolden("tensor-missing", () -> reader.tensor("v"));
      assertGolden("tensor-shape", () -> reader.read("w0", Nd4j.create(DataType.FLOAT, 3, 2)));
      assertGolden("tensor-length", () -> reader.readFloats("w0", FloatBuffer.allocate(5)));
      assertGolden("tensor-type", () -> reader.readFloats("u8", FloatBuffer.allocate(6)));
    }
  }

  @Test
  void saysSoWhenAFileIsMissingOrCannotBeWritten() throws IOException {
    assertGolden("safetensors-missing", () -> Safetensors.open(directory.resolve("none")));
    assertGolden("safetensors-directory", () -> Safetensors.open(directory));
    Path file = Files.writeString(directory.resolve("file"), "");
    assertGolden(
        "safetensors-unwritable",
        () -> Safetensors.write(file.resolve("x.safetensors"), List.of(), Map.of()));
  }

  private SafetensorsReader written(List<NamedTensor> tensors, Map<String, String> metadata) {
    Path path = directory.resolve("t.safetensors");
    Safetensors.write(path, tensors, metadata);
    return Safetensors.open(path);
  }

  private void assertGolden(String name, Runnable action) throws IOException {
    RoundelException failure = catchThrowableOfType(RoundelException.class, action::run);
    GoldenMessage.assertMatches("checkpoint/" + name, failure, directory);
  }
}
