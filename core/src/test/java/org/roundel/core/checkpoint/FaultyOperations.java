package org.roundel.core.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operations on the real disk that fail, or end the program, after a number of them. */
final class FaultyOperations implements FileOperations {
  /** The end of the program; not an exception that anybody catches. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** What happens when the operations have run out. */
  enum Fault {
    /** No operation is carried out any more. */
    CRASH,
    /** This one fails, and afterwards those that need space. */
    DISK_FULL
  }

  private final FileOperations disk = new DiskOperations();
  private final List<String> log = new ArrayList<>();
  private final Fault fault;
  private final int allowed;

  FaultyOperations(Fault fault, int allowed) {
    this.fault = fault;
    this.allowed = allowed;
  }

  /** Returns the operations asked for, in order: what was done and the name of the file. */
  List<String> log() {
    return log;
  }

  boolean failed() {
    return log.size() > allowed;
  }

  private void count(String operation, Path path, boolean needsSpace) throws IOException {
    log.add(operation + " " + path.getFileName());
    if (fault == Fault.CRASH && log.size() > allowed) {
      throw new Crash();
    }
    if (log.size() == allowed + 1 || (needsSpace && log.size() > allowed)) {
      throw new IOException("No space left on device");
    }
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    count("mkdir", directory, true);
    disk.createDirectory(directory);
  }

  @Override
  public OutputFile create(Path file) throws IOException {
    count("create", file, true);
    OutputFile out = disk.create(file);
    return new OutputFile() {
      @Override
      public void write(byte[] bytes, int length) throws IOException {
        try {
          count("write", file, true);
        } catch (IOException | Crash failed) {
          out.write(bytes, length / 2);
          throw failed;
        }
        out.write(bytes, length);
      }

      @Override
      public void force() throws IOException {
        // Counted only: no test cuts the power, and waiting for the disk takes long.
        count("force", file, true);
      }

      @Override
      public void close() throws IOException {
        out.close();
      }
    };
  }

  @Override
  public void forceDirectory(@Nullable Path directory) {
    log.add("force " + (directory == null ? "/" : directory.getFileName()));
    if (fault == Fault.CRASH && log.size() > allowed) {
      throw new Crash();
    }
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    count("move", to, false);
    disk.move(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    count("delete", path, false);
    disk.delete(path);
  }
}
