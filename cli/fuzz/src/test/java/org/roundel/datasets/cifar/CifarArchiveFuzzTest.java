package org.roundel.datasets.cifar;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.roundel.api.InvalidInputException;
import org.roundel.fuzz.Hostile;
import org.roundel.fuzz.HostileFile;

class CifarArchiveFuzzTest {
  private final Hostile reader =
      Hostile.reader("archive of data fetch", 1 << 23, 100, InvalidInputException.class);
  private final HostileFile file = new HostileFile("cifar-10-binary.tar.gz");

  /** A tar archive, packed: the packing has a checksum that a fuzzer would not find. */
  @FuzzTest
  void unpack(byte[] input) throws IOException {
    boolean packed = input.length > 1 && input[0] == 0x1f && input[1] == (byte) 0x8b;
    Path archive = file.with(packed ? input : gzip(input));
    Path target = archive.resolveSibling("target");
    reader.read(input.length, () -> new CifarArchive(SmallCifar.FORMAT).unpack(archive, target));
    requireOwnFiles(archive.getParent());
  }

  /** Nothing is written but files of the layout. */
  private static void requireOwnFiles(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .map(path -> directory.relativize(path).toString())
          .filter(
              name ->
                  !name.matches(
                      "|cifar-10-binary.tar.gz|target|target/cifar-10-batches-bin(/(data_batch_1.bin|test_batch.bin|batches.meta.txt))?"))
          .forEach(
              name -> {
                throw new AssertionError("the archive wrote " + name);
              });
    }
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }
}
