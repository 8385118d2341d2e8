package org.roundel.inventory;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Packs a distribution: the same bytes whoever does it, wherever and whenever. Java's own gzip
 * stream writes no time either.
 */
final class Archive {
  private static final int PROGRAM = 0100755;
  private static final int FILE = 0100644;

  /** Nobody is to change what others have loaded. */
  private static final int LIBRARY = 0100444;

  private Archive() {}

  /** Writes all files of a directory, below a directory of the given name, with one time. */
  static void write(Path archive, Path directory, String name, Instant time) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive));
        TarArchiveOutputStream tar =
            new TarArchiveOutputStream(new GZIPOutputStream(out), "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Path file : files) {
        String place = directory.relativize(file).toString().replace('\\', '/');
        TarArchiveEntry entry = new TarArchiveEntry(name + "/" + place);
        entry.setSize(Files.size(file));
        entry.setMode(mode(place));
        entry.setModTime(time.toEpochMilli());
        tar.putArchiveEntry(entry);
        Files.copy(file, tar);
        tar.closeArchiveEntry();
      }
    }
  }

  private static int mode(String place) {
    if (place.equals("bin/roundel")) {
      return PROGRAM;
    }
    return place.startsWith("native/") ? LIBRARY : FILE;
  }
}
