package org.roundel.core.run;

import java.io.BufferedWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes whole files so that a reader, or a crash, finds the old content or the new one. */
public final class AtomicFiles {
  private static final Logger logger = LoggerFactory.getLogger(AtomicFiles.class);

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
   * Writes a file under a temporary name beside it, puts it on the disk and renames it.
   *
   * @param file replaced where it exists; its directory must exist
   * @throws RoundelException if the file cannot be written; the old one is then untouched
   */
  public static void write(Path file, byte[] content) {
    writeContent(file, out -> out.write(content));
  }

  private static void writeContent(Path file, Content content) {
    Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
    try {
      try {
        // A stream, because an interrupted thread could not write through a FileChannel.
        try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
          content.writeTo(out);
          out.getFD().sync();
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException | RuntimeException failed) {
        removeAfter(failed, temporary);
        throw failed;
      }
    } catch (IOException failed) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          String.format(
              Locale.ROOT,
              "cannot write %s: %s. %s",
              file,
              IoFailure.reason(failed, file.getParent()),
              IoFailure.WRITE_ADVICE),
          failed);
    }
    forceDirectory(file.toAbsolutePath().getParent());
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
