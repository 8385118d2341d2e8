package org.roundel.core.checkpoint;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file operations that a checkpoint is made of; a test puts failing ones in their place. */
interface FileOperations {
  /** Makes a directory in one that is there. */
  void createDirectory(Path directory) throws IOException;

  /** Makes a file, or empties the one there is. */
  OutputFile create(Path file) throws IOException;

  /** Puts a directory's entries on the disk, as far as the system can do so. */
  void forceDirectory(@Nullable Path directory);

  /** Renames a file or directory in one step. */
  void move(Path from, Path to) throws IOException;

  /** Deletes a file or an empty directory. */
  void delete(Path path) throws IOException;

  /** A file open for writing. */
  interface OutputFile extends Closeable {
    /** Writes the first bytes of an array. */
    void write(byte[] bytes, int length) throws IOException;

    /** Puts all that was written on the disk. */
    void force() throws IOException;
  }
}
