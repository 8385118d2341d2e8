package org.roundel.cli.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file that is being received: {@code NAME.part}, and beside it {@code NAME.part.version} with
 * the mark by which the server tells that it still has the same file.
 *
 * <p>Locked while it is open, so that two programs do not write it at a time.
 */
final class PartialFile implements AutoCloseable {
  private static final int LONGEST_VERSION = 1000;

  private final Path target;
  private final Path part;
  private final Path versionFile;
  private final FileChannel channel;

  private PartialFile(Path target, Path part, Path versionFile, FileChannel channel) {
    this.target = target;
    this.part = part;
    this.versionFile = versionFile;
    this.channel = channel;
  }

  /**
   * Opens the partial file of a target, which may be left from an earlier attempt.
   *
   * @return empty if another program has it open
   */
  static Optional<PartialFile> open(Path target) throws IOException {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    FileChannel channel =
        FileChannel.open(
            part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        channel.position(channel.size());
        return Optional.of(
            new PartialFile(
                target, part, target.resolveSibling(part.getFileName() + ".version"), channel));
      }
    } catch (OverlappingFileLockException otherThread) {
      // The same answer as for another program.
    } catch (IOException failure) {
      channel.close();
      throw failure;
    }
    channel.close();
    return Optional.empty();
  }

  Path path() {
    return part;
  }

  long length() throws IOException {
    return channel.size();
  }

  /** Returns the server's mark of the file that the bytes are from, empty if it gave none. */
  Optional<String> version() throws IOException {
    if (!Files.isRegularFile(versionFile) || Files.size(versionFile) > LONGEST_VERSION) {
      return Optional.empty();
    }
    String version = Files.readString(versionFile).strip();
    return version.isEmpty() ? Optional.empty() : Optional.of(version);
  }

  /** Throws away what was received and notes the version of what comes next. */
  void restart(Optional<String> version) throws IOException {
    channel.truncate(0);
    channel.position(0);
    if (version.isPresent() && version.get().length() <= LONGEST_VERSION) {
      Files.writeString(versionFile, version.get());
    } else {
      Files.deleteIfExists(versionFile);
    }
  }

  void append(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * Makes sure that what was received is on disk, and returns it for reading. The stream reads the
   * open file itself, as some systems let nobody else read a locked one; it need not be closed.
   */
  InputStream content() throws IOException {
    channel.force(true);
    channel.position(0);
    return Channels.newInputStream(channel);
  }

  /** Gives the complete file its name. To be called last. */
  void complete() throws IOException {
    close();
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(versionFile);
  }

  /** Removes what was received. To be called last. */
  void discard() throws IOException {
    close();
    Files.deleteIfExists(versionFile);
    Files.deleteIfExists(part);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
