package org.roundel.datasets.cifar;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;
import org.roundel.datasets.file.Messages;

/**
 * Reads a gzip'ed tar archive; whatever fails in reading is the archive's fault and is reported as
 * {@link InvalidInputException}, so that it is not taken for a failure to write.
 */
final class TarReader implements AutoCloseable {
  private final Path archive;
  private final TarArchiveInputStream tar;

  private TarReader(Path archive, TarArchiveInputStream tar) {
    this.archive = archive;
    this.tar = tar;
  }

  static TarReader open(Path archive) throws IOException {
    InputStream file = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
    try {
      return new TarReader(archive, new TarArchiveInputStream(new GZIPInputStream(file, 1 << 16)));
    } catch (IOException notGzip) {
      file.close();
      throw damaged(archive, notGzip);
    }
  }

  /** Goes to the next entry; null at the end. */
  @Nullable TarArchiveEntry next() {
    try {
      return tar.getNextEntry();
    } catch (IOException broken) {
      throw damaged(archive, broken);
    }
  }

  /** Reads some of the entry's content; −1 at its end. */
  int read(byte[] buffer) {
    try {
      return tar.read(buffer);
    } catch (IOException broken) {
      throw damaged(archive, broken);
    }
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }

  private static InvalidInputException damaged(Path archive, IOException cause) {
    String fault = "the archive cannot be read (" + cause.getMessage() + ")";
    return new InvalidInputException(
        Messages.damaged(archive.toString(), fault).getMessage(), cause);
  }
}
