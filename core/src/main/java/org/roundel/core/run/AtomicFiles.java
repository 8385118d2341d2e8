package org.roundel.core.run;

import java.io.BufferedWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.roundel.core.RoundelException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes whole files so that a reader, or a crash, finds the old content or the new one. */
public final class AtomicFiles {
  private static final Logger logger = LoggerFactory.getLogger(AtomicFiles.class);

  /** What {@link #mayReplace} refuses, for a message that begins with the path and "is". */
  public static final String NOT_REPLACED =
      "a directory, a link, a pipe or a device, which is not replaced";

  private static final String TEMPORARY = ".tmp";

  /** Nobody writes such a file for so long: whoever began it was killed. */
  private static final Duration ABANDONED = Duration.ofMinutes(10);

  private AtomicFiles() {}

  /** What goes into a file of text. */
  @FunctionalInterface
  public interface Text {
    /** Writes it. */
    void writeTo(Writer out) throws IOException;
  }

  /** What goes into a file. */
  @FunctionalInterface
  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes text in UTF-8 of which only a part need be in memory; see {@link #write(Path, byte[])}.
   *
   * @throws RoundelException if the file cannot be written
   */
  public static void write(Path file, Text text) {
    writeContent(
        file,
        out -> {
          Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          text.writeTo(writer);
          writer.flush();
        });
  }

  /**
   * Writes text in UTF-8; see {@link #write(Path, byte[])}.
   *
   * @throws RoundelException if the file cannot be written
   */
  public static void write(Path file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a file under a temporary name beside it, puts it on the disk and renames it. No other
   * call has that name, so of two who write one file at a time the last one's content stays, whole.
   * What somebody who was killed had begun is removed once it is old.
   *
   * @param file replaced where it exists; its directory must exist
   * @throws RoundelException if the file cannot be written; the old one is then untouched
   */
  public static void write(Path file, byte[] content) {
    writeContent(file, out -> out.write(content));
  }

  /**
   * Returns whether a file that a user has named may be written here. A rename would put a file in
   * the place of a link, a pipe or a device, and what it leads to would never get the content.
   */
  public static boolean mayReplace(Path file) {
    return !Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        || Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static void writeContent(Path file, Content content) {
    Path temporary = file.resolveSibling(prefix(file) + UUID.randomUUID() + TEMPORARY);
    try {
      try {
        // A stream, because an interrupted thread could not write through a FileChannel.
        try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
          content.writeTo(out);
          out.getFD().sync();
        }
        // Both ages are the file system's: clocks of two machines are not compared.
        FileTime now = Files.getLastModifiedTime(temporary);
        removeBegun(file, FileTime.from(now.toInstant().minus(ABANDONED)));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException | RuntimeException failed) {
        removeAfter(failed, temporary);
        throw failed;
      }
    } catch (IOException failed) {
      throw IoFailure.unwritable(file, failed);
    }
    forceDirectory(file.toAbsolutePath().getParent());
  }

  private static String prefix(Path file) {
    return "." + file.getFileName() + ".";
  }

  /** Removes what was begun of a file and left by a kill; for who alone may write the file now. */
  static void removeBegun(Path file) {
    removeBegun(file, null);
  }

  /**
   * Removes what was begun of a file.
   *
   * @param before the time before which it was last written to; null for any
   */
  private static void removeBegun(Path file, @Nullable FileTime before) {
    String prefix = prefix(file);
    int length = prefix.length() + new UUID(0, 0).toString().length() + TEMPORARY.length();
    try (DirectoryStream<Path> begun =
        Files.newDirectoryStream(
            file.toAbsolutePath().getParent(),
            path -> {
              String name = path.getFileName().toString();
              return name.length() == length && name.startsWith(prefix) && name.endsWith(TEMPORARY);
            })) {
      for (Path path : begun) {
        if (before == null || Files.getLastModifiedTime(path).compareTo(before) < 0) {
          Files.deleteIfExists(path);
        }
      }
    } catch (IOException | DirectoryIteratorException failed) {
      // Another may be faster; what stays costs a little space.
      logger.debug("what was begun of {} and left cannot be removed", file, failed);
    }
  }

  private static void removeAfter(Exception failure, Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException failed) {
      failure.addSuppressed(failed);
    }
  }

  /**
   * Puts a directory's entries on the disk, as far as the system can do so.
   *
   * <p>Windows cannot, and some network file systems refuse. There a file that was renamed a moment
   * before a power failure may have its old name afterwards; the content of both is whole.
   *
   * @param directory null is the parent of a file system's root, for which nothing is done
   */
  public static void forceDirectory(@Nullable Path directory) {
    if (directory == null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException failed) {
      logger.debug("{} cannot be synchronized with the disk", directory, failed);
    }
  }
}
