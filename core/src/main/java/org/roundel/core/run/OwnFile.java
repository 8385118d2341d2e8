package org.roundel.core.run;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

/**
 * Reads files of the directory of a run or a sweep, which a stranger may have filled: a link in it
 * could lead to what nobody meant to show, or to change, and the reading of a pipe would not end.
 */
public final class OwnFile {
  /** Why the others are not read. */
  public static final String REFUSAL = "it is a link, or of a kind that no run writes";

  private OwnFile() {}

  /**
   * Opens a file to read from it.
   *
   * @throws IOException if there is none, or only something else of that name
   */
  public static FileChannel open(Path file) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile()) {
      throw new FileSystemException(file.toString(), null, REFUSAL);
    }
    return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Requires that a file that is written to in its place is a file, or not there yet.
   *
   * @throws RoundelException of kind CONFIGURATION if something else has its name
   */
  public static void requireWritable(Path file) {
    if (!AtomicFiles.mayReplace(file)) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          String.format(
              Locale.ROOT,
              "%s is not written to: %s. Remove it, or put a file in its place.",
              file,
              REFUSAL));
    }
  }

  /**
   * Requires that the reading of a file would end; it may be a link to one.
   *
   * @throws IOException if it is a pipe or a device
   */
  public static void requireNoPipe(Path file) throws IOException {
    if (Files.readAttributes(file, BasicFileAttributes.class).isOther()) {
      throw new FileSystemException(file.toString(), null, "it is a pipe or a device");
    }
  }

  /**
   * Reads a whole file, as {@link #open} does.
   *
   * @param largest how many bytes it may have, at most
   * @throws IOException if it cannot be read, or has more
   */
  public static byte[] read(Path file, int largest) throws IOException {
    try (FileChannel channel = open(file)) {
      if (channel.size() > largest) {
        throw new IOException("it has " + channel.size() + " bytes; allowed: at most " + largest);
      }
      return Channels.newInputStream(channel).readNBytes(largest);
    }
  }
}
