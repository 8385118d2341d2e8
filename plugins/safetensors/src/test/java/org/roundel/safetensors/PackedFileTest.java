package org.roundel.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Options;
import org.roundel.api.exporter.Exporter;
import org.roundel.api.net.BatchNormalization;
import org.roundel.api.net.NetArray;
import org.roundel.api.net.ScaleShift;
import org.roundel.api.net.ShippedNet;
import org.roundel.kit.exporter.MemoryFiles;
import org.roundel.kit.exporter.SampleNets;

class PackedFileTest {
  private final SafetensorsFactory factory = new SafetensorsFactory();

  @TempDir Path directory;

  @Test
  void isASafetensorsFileOfTwoTensorsWithoutGap() throws IOException {
    byte[] file = written(SampleNets.plain(), Map.of());
    int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertThat(length % 8).isZero();
    Object header = Json.parse(new String(file, 8, length, StandardCharsets.UTF_8));
    assertThat(header).isInstanceOf(Map.class);
    assertThat(((Map<?, ?>) header).keySet().toArray())
        .containsExactly("__metadata__", "floats", "bits");
    // 135 and 4·5·16 weights of a bit each; two scales, four vectors of 5, a bias of 4.
    int bits = 17 + 40;
    int floats = 4 * (1 + 1 + 4 * 5 + 4);
    assertThat(file.length).isEqualTo(8 + length + floats + bits);
    assertThat(new String(file, 8, length, StandardCharsets.UTF_8))
        .contains("\"data_offsets\":[" + floats + "," + (floats + bits) + "]");
  }

  @Test
  void foldsBatchNormalizationIntoTwoVectors() throws IOException {
    ShippedNet net = SampleNets.residual();
    Path file = directory.resolve("net");
    Files.write(file, written(net, Map.of("fold", "true")));
    ShippedNet read = factory.read(file).orElseThrow();
    BatchNormalization before = (BatchNormalization) net.graph().operations().get(1);
    ScaleShift after = (ScaleShift) read.graph().operations().get(1);
    assertThat(after.name()).isEqualTo(before.name());
    NetArray gamma = net.array(Objects.requireNonNull(before.affine()).scale());
    NetArray beta = net.array(Objects.requireNonNull(before.affine()).shift());
    for (int channel = 0; channel < 4; channel++) {
      double deviation =
          Math.sqrt(net.array(before.variance()).value(channel) + (double) before.epsilon());
      for (float x : new float[] {-2, 0, 3}) {
        double expected =
            (x - net.array(before.mean()).value(channel)) / deviation * gamma.value(channel)
                + beta.value(channel);
        double found =
            x * read.array(after.scale()).value(channel) + read.array(after.shift()).value(channel);
        assertThat(found).isCloseTo(expected, within(1e-6));
      }
    }
    assertThat(read.quantized()).isEqualTo(net.quantized());
    assertThat(read.array("conv2/weight")).isEqualTo(net.array("conv2/weight"));
  }

  @Test
  void everyChangedByteIsFound() throws IOException {
    byte[] whole = written(SampleNets.residual(), Map.of());
    Path file = directory.resolve("altered");
    int beginning = 8 + PackedFile.BEGINNING.length();
    for (int position = 0; position < whole.length; position += 7) {
      byte[] altered = whole.clone();
      altered[position] ^= 1;
      Files.write(file, altered);
      if (position >= 8 && position < beginning) {
        assertThat(factory.read(file)).as("byte %s", position).isEmpty();
      } else {
        assertThatThrownBy(() -> factory.read(file))
            .as("byte %s", position)
            .isInstanceOf(InvalidInputException.class)
            .hasMessageContaining(file + " is a net packed by Roundel, but cut short, altered");
      }
    }
  }

  @Test
  void anAlteredNumberIsFoundByTheChecksum() throws IOException {
    byte[] whole = written(SampleNets.residual(), Map.of());
    int header = 8 + (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
    Path file = directory.resolve("altered");
    // The first float, the last of the bits, and one between them.
    for (int position : new int[] {header, (header + whole.length) / 2, whole.length - 1}) {
      byte[] altered = whole.clone();
      altered[position] ^= 1;
      Files.write(file, altered);
      assertThatThrownBy(() -> factory.read(file))
          .as("byte %s of %s", position, whole.length)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("its SHA-256 is not the one that it was written with");
    }
  }

  @Test
  void namesTheVersionThatItCannotRead() throws IOException {
    String text = new String(written(SampleNets.plain(), Map.of()), StandardCharsets.ISO_8859_1);
    Path file = directory.resolve("later");
    Files.write(
        file,
        text.replace("\"version\":\"1\"", "\"version\":\"2\"")
            .getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> factory.read(file))
        .hasMessageContaining("its version is 2, and this program reads 1");
  }

  /** Made by an enemy: whole and with a right checksum, but not what it says. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[5,3,3,3] | [2000000000,3,3,3]",
        "[5,3,3,3] | [5,3,3,30]",
        "\"divisor\":1 | \"divisor\":0",
        "\"bits\":1,\"multiples\":[-1,1] | \"bits\":1,\"multiples\":[]",
        "\"images\":[3,8,8] | \"images\":[3,8]",
        "[\"pooling\" | [\"pulling\"",
        "\"quantized\":[ | \"quantized\":[99,",
        "[\"linear\",\"linear\",4 | [\"linear\",\"linear\",9",
      })
  void believesNothing(String from, String to) throws IOException {
    PackedFile good = PackedFile.of(SampleNets.plain());
    assertThat(good.net()).contains(from);
    Path file = directory.resolve("hostile");
    new PackedFile(good.net().replace(from, to), good.floats(), good.bits())
        .write(Files.newOutputStream(file));
    assertThatThrownBy(() -> factory.read(file)).isInstanceOf(InvalidInputException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "[1,2",
        "{\"a\":1,\"a\":2}",
        "[1] x",
        "\"\\x\"",
        "01x",
        "[1,]",
        "tru",
        "{\"a\" 1}",
        "--1"
      })
  void refusesWhatIsNoJson(String text) {
    assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Json.parse("[".repeat(100_000)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void jsonComesBack() {
    List<Object> value = List.of("q\"\\\n\u00e9", 1.5, -3.0, true, Json.NULL, List.of(), Map.of());
    assertThat(Json.parse(Json.text(value))).isEqualTo(value);
  }

  private byte[] written(ShippedNet net, Map<String, String> options) throws IOException {
    Exporter exporter = factory.create(Options.of(factory.options(), options));
    return Objects.requireNonNull(MemoryFiles.write(exporter, net).get(MemoryFiles.MAIN));
  }

  /** Kept from the day that the format was made: its net has a linear layer of two levels. */
  @Test
  void readsTheFirstVersionOfTheFormat() throws IOException {
    ShippedNet net =
        factory.read(Path.of("src/test/resources/formats/packed-1.safetensors")).orElseThrow();
    assertThat(net.classNames()).containsExactly("a", "b");
    assertThat(net.arrays().get("w").values()).containsExactly(1, 1, 1, 1, -1, -1, -1, -1);
    assertThat(net.arrays().get("b").values()).containsExactly(0, 0);
  }
}
