package org.roundel.safetensors;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.roundel.api.InvalidInputException;
import org.roundel.api.net.NetArray;
import org.roundel.fuzz.Hostile;
import org.roundel.fuzz.HostileFile;

class PackedNetFuzzTest {
  private static final byte[] NUMBERS = new byte[256];

  private final Hostile reader =
      Hostile.reader("packed file, checksum right", 1 << 23, 500, InvalidInputException.class);
  private final HostileFile file = new HostileFile("net.safetensors");

  /**
   * The net's description, in a file whose checksum is right, as an enemy would make it. Its first
   * two bytes say how many floats and how many bytes of packed numbers it comes with.
   */
  @DictionaryEntries({
    "\"arrays\":[",
    "\"operations\":[",
    "\"multiples\":{\"count\":65536,\"first\":0,\"step\":1}",
    "\"table\":2",
    "\"divisor\":1",
    "\"scales\":1",
    "[\"convolution\",\"a\",0,1,[1,1,1,1,1,1,1,1,1,1],0,null]",
    "[\"linear\",\"a\",0,1,0,null]",
    "[\"batch-normalisation\",\"a\",0,1e-5,null,null,0,0]",
    "[\"activation\",\"a\",0,\"relu\",0]",
    "[\"pooling\",\"a\",0,\"maximum\",[1,1,1,1,1,1,1,1,1,1]]",
    "[\"add\",\"a\",0,0]",
    "[\"zero-padded-shortcut\",\"a\",0,1,1]"
  })
  @FuzzTest
  void read(byte[] input) throws IOException {
    if (input.length < 2) {
      return;
    }
    byte[] floats = Arrays.copyOf(NUMBERS, (input[0] & 0x3F) * Float.BYTES);
    byte[] bits = Arrays.copyOf(NUMBERS, input[1] & 0xFF);
    String net = new String(input, 2, input.length - 2, StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new PackedFile(net, floats, bits).write(bytes);
    Path path = file.with(bytes.toByteArray());
    reader.read(
        bytes.size(),
        () ->
            PackedReader.read(path)
                .ifPresent(shipped -> shipped.arrays().values().forEach(NetArray::values)));
  }
}
