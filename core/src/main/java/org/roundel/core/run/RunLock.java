package org.roundel.core.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The exclusive right to write a run directory, among all processes and all threads. The operating
 * system takes it back when a process ends, however that happens.
 */
final class RunLock implements AutoCloseable {
  static final String FILE = ".lock";

  private static final int ATTEMPTS = 25;
  private static final long BETWEEN_NANOS = 20_000_000;

  /**
   * The directories locked by this process. Asked before the file is opened: where locks belong to
   * the process, closing a second channel would free the first one's lock.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path realDirectory;
  private final FileChannel channel;

  private RunLock(Path realDirectory, FileChannel channel) {
    this.realDirectory = realDirectory;
    this.channel = channel;
  }

  /**
   * Locks a directory that exists.
   *
   * @throws IOException if the lock file cannot be written
   * @throws org.roundel.core.RoundelException if it is a link, a pipe or a directory
   * @throws RunInUseException if the directory is in use
   */
  static RunLock acquire(Path directory) throws IOException {
    Path real = directory.toRealPath();
    if (!HELD.add(real)) {
      throw new RunInUseException(directory);
    }
    @Nullable FileChannel channel = null;
    boolean locked = false;
    try {
      // A pipe would be waited for, and who has another's lock by a link keeps nobody out.
      OwnFile.requireWritable(real.resolve(FILE));
      channel =
          FileChannel.open(real.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!lock(channel)) {
        throw new RunInUseException(directory);
      }
      locked = true;
      return new RunLock(real, channel);
    } finally {
      if (!locked) {
        if (channel != null) {
          channel.close();
        }
        HELD.remove(real);
      }
    }
  }

  /** Who only asks whether the directory is in use holds the lock for a moment. */
  private static boolean lock(FileChannel channel) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        if (channel.tryLock() != null) {
          return true;
        }
      } catch (OverlappingFileLockException ofThisProcess) {
        // One that only asks, too: who is to keep the lock is in the set of those held.
      }
      LockSupport.parkNanos(BETWEEN_NANOS);
    }
    return false;
  }

  /** Returns whether somebody holds the directory, of this process or another; never waits. */
  static boolean isHeld(Path directory) throws IOException {
    if (HELD.contains(directory.toRealPath())) {
      return true;
    }
    Path file = directory.resolve(FILE);
    // Anything else is no lock of a run: a pipe would be waited for, and a link may lead to a lock
    // of this process, which would be freed.
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        FileLock shared = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return shared == null;
    } catch (OverlappingFileLockException ownJustTaken) {
      return true;
    }
  }

  /** Frees the directory. The file stays: whoever deleted it could delete another's. */
  @Override
  public void close() throws IOException {
    channel.close();
    HELD.remove(realDirectory);
  }
}
