package org.roundel.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibrariesTest {
  @TempDir private Path directory;

  /** The é is a single byte here, as in names from older systems; it has no meaning in UTF-8. */
  @Test
  void findsOpenMpAmongMappedFilesOfAnyName() throws IOException {
    String maps =
        """
        7f00-7f01 r--p 0000 08:01 11   /café/data.bin
        7f02-7f03 r-xp 0000 08:01 12   /opt/my libs/libgomp.so.1
        7f04-7f05 rw-p 0000 08:01 12   /opt/my libs/libgomp.so.1
        7f06-7f07 rw-p 0000 00:00 0
        """;
    Path file = Files.write(directory.resolve("maps"), maps.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(Libraries.openMp(file)).containsExactly("/opt/my libs/libgomp.so.1");
  }
}
