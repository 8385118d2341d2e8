package org.roundel.core.checkpoint;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.roundel.core.run.AtomicFiles;

/** The operations of the file system itself. */
final class DiskOperations implements FileOperations {
  @Override
  public void createDirectory(Path directory) throws IOException {
    Files.createDirectory(directory);
  }

  @Override
  public OutputFile create(Path file) throws IOException {
    return new DiskFile(new FileOutputStream(file.toFile()));
  }

  @Override
  public void forceDirectory(@Nullable Path directory) {
    AtomicFiles.forceDirectory(directory);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(Path path) throws IOException {
    Files.delete(path);
  }

  /** A stream, because an interrupted thread could not write through a FileChannel. */
  private record DiskFile(FileOutputStream stream) implements OutputFile {
    @Override
    public void write(byte[] bytes, int length) throws IOException {
      stream.write(bytes, 0, length);
    }

    @Override
    public void force() throws IOException {
      stream.getFD().sync();
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
