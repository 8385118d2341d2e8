package org.roundel.datasets.cifar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.api.InvalidInputException;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.Split;
import org.roundel.datasets.Fixtures;

class CifarArchiveTest {
  private static final CifarFormat FORMAT = Fixtures.small(CifarFormat.CIFAR_100);
  private static final String FOLDER = FORMAT.folder() + "/";

  private final DatasetFactory factory = new CifarFactory(FORMAT);
  @TempDir Path root;
  private Path directory;
  private Path archive;

  @BeforeEach
  void paths() throws IOException {
    directory = Files.createDirectories(root.resolve("data"));
    archive = directory.resolve("cifar-100-binary.tar.gz");
  }

  /** What goes into an archive. */
  @FunctionalInterface
  private interface Content {
    void writeTo(TarArchiveOutputStream tar) throws IOException;
  }

  @Test
  void unpacksTheFilesOfTheLayoutAndNothingElse() throws IOException {
    write(
        tar -> {
          directoryEntry(tar);
          valid(tar);
          add(tar, FOLDER + "readme.html", new byte[100]);
          add(tar, FOLDER + "../../escaped.bin", new byte[100]);
          add(tar, "/tmp/" + FOLDER + "train.bin", new byte[5]);
        });
    factory.unpack(archive, directory);
    assertThat(filesBelow(root))
        .containsExactlyInAnyOrder(
            "data/cifar-100-binary.tar.gz",
            "data/cifar-100-binary/train.bin",
            "data/cifar-100-binary/test.bin",
            "data/cifar-100-binary/fine_label_names.txt");
    try (Dataset dataset = Fixtures.open(factory, directory, Map.of())) {
      assertThat(dataset.size(Split.TRAIN)).isEqualTo(5);
    }
  }

  @Test
  void doesNotFollowLinks() throws IOException {
    write(
        tar -> {
          for (byte kind : new byte[] {TarConstants.LF_SYMLINK, TarConstants.LF_LINK}) {
            TarArchiveEntry link = new TarArchiveEntry(FOLDER + "train.bin", kind);
            link.setLinkName("/etc/passwd");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
          }
          add(tar, FOLDER + "test.bin", records("test.bin"));
        });
    refused("the archive lacks these files of cifar-100-binary: [train.bin]");
    assertThat(Files.exists(directory.resolve(FOLDER + "train.bin"))).isFalse();
  }

  @Test
  void refusesAFileOfTheWrongLength() throws IOException {
    write(tar -> add(tar, FOLDER + "train.bin", new byte[1000]));
    refused("train.bin in the archive has 1,000 bytes, expected 15,370");
    write(tar -> add(tar, FOLDER + "fine_label_names.txt", new byte[(1 << 16) + 1]));
    refused("fine_label_names.txt in the archive has 65,537 bytes, expected at most 65,536");
  }

  @Test
  void refusesATruncatedArchive() throws IOException {
    write(CifarArchiveTest::valid);
    byte[] content = Files.readAllBytes(archive);
    for (int length : new int[] {0, 5, content.length / 2}) {
      Files.write(archive, Arrays.copyOf(content, length));
      assertThatThrownBy(() -> factory.unpack(archive, directory))
          .as("%d bytes", length)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith(archive + ": the archive cannot be read (");
      assertThat(filesBelow(directory)).noneMatch(name -> name.endsWith(".part"));
    }
  }

  @Test
  void givesUpOnAnArchiveFullOfOtherThings() throws IOException {
    write(tar -> add(tar, "zeros", new byte[(1 << 26) + 1]));
    refused("more than 67,108,864 bytes of the archive do not belong to cifar-100");
  }

  private void write(Content content) throws IOException {
    try (OutputStream file = Files.newOutputStream(archive);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(file))) {
      content.writeTo(tar);
    }
  }

  private static void directoryEntry(TarArchiveOutputStream tar) throws IOException {
    tar.putArchiveEntry(new TarArchiveEntry(FOLDER));
    tar.closeArchiveEntry();
  }

  private static void valid(TarArchiveOutputStream tar) throws IOException {
    add(tar, FOLDER + "train.bin", records("train.bin"));
    add(tar, FOLDER + "test.bin", records("test.bin"));
    add(
        tar,
        FOLDER + "fine_label_names.txt",
        String.join("\n", FORMAT.classNames()).getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] records(String file) {
    return Fixtures.cifarRecords(FORMAT, file, 0);
  }

  private static void add(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private static List<String> filesBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .toList();
    }
  }

  private void refused(String fault) {
    assertThatThrownBy(() -> factory.unpack(archive, directory))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            archive + ": " + fault + "; remove the file and get it again by 'roundel data fetch'");
  }
}
