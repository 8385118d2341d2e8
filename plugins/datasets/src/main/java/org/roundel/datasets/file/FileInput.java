package org.roundel.datasets.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a file and names it in what fails: a system tells of a failed read only why, not where, as
 * it does of a file that cannot be opened.
 */
public final class FileInput extends FilterInputStream {
  private final Path file;

  private FileInput(InputStream in, Path file) {
    super(in);
    this.file = file;
  }

  /**
   * Opens a file.
   *
   * @throws IOException if it cannot be opened; the message names it
   */
  public static InputStream open(Path file) throws IOException {
    return new FileInput(Files.newInputStream(file), file);
  }

  /**
   * Reads a whole file.
   *
   * @throws IOException if it cannot be opened or read; the message names it
   */
  public static byte[] readAllBytes(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (FileSystemException named) {
      throw named;
    } catch (IOException failed) {
      throw named(file, failed);
    }
  }

  @Override
  public int read() throws IOException {
    try {
      return super.read();
    } catch (IOException failed) {
      throw named(file, failed);
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      return super.read(bytes, offset, length);
    } catch (IOException failed) {
      throw named(file, failed);
    }
  }

  private static IOException named(Path file, IOException failed) {
    IOException named = new FileSystemException(file.toString(), null, failed.getMessage());
    named.initCause(failed);
    return named;
  }
}
