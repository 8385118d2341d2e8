package org.roundel.page.run;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.record.RunManifest;
import org.roundel.core.run.IoFailure;

/**
 * Reads files of a run's directory, which a stranger may have filled: a link in it could lead to
 * what nobody meant to show, and the reading of a pipe would not end.
 */
final class OwnFile {
  /** Why the others are not read. */
  static final String REFUSAL = "it is a link, or of a kind that no run writes";

  private static final int LARGEST = 1 << 20;

  private OwnFile() {}

  /**
   * Opens a file to read from it.
   *
   * @throws IOException if there is none, or only something else of that name
   */
  static FileChannel open(Path file) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile()) {
      throw new FileSystemException(file.toString(), null, REFUSAL);
    }
    return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  /** Reads a small file, as {@link #open} does. */
  static byte[] read(Path file) throws IOException {
    try (FileChannel channel = open(file)) {
      if (channel.size() > LARGEST) {
        throw new IOException("it has " + channel.size() + " bytes; allowed: at most " + LARGEST);
      }
      return Channels.newInputStream(channel).readNBytes(LARGEST);
    }
  }

  /**
   * Reads a manifest, as {@link #open} does.
   *
   * @throws RoundelException if it cannot be read, or a field is not what a run writes
   */
  static RunManifest manifest(Path file) {
    try {
      return RunManifest.of(file, read(file));
    } catch (IOException unreadable) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          file + " cannot be read: " + IoFailure.reason(unreadable),
          unreadable);
    }
  }
}
