package org.roundel.core.checkpoint;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.roundel.core.run.Sha256;

/** A file being written whose SHA-256 and length are taken on the way. */
final class HashingFile implements Closeable {
  private final FileOperations.OutputFile file;
  private final MessageDigest digest = Sha256.digest();
  private long length;

  HashingFile(FileOperations operations, Path path) throws IOException {
    file = operations.create(path);
  }

  void write(byte[] bytes, int count) throws IOException {
    file.write(bytes, count);
    digest.update(bytes, 0, count);
    length += count;
  }

  /** Puts the file on the disk and returns what it holds; nothing is written afterwards. */
  WrittenFile finish() throws IOException {
    file.force();
    return new WrittenFile(length, HexFormat.of().formatHex(digest.digest()));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Writes a whole file. */
  static WrittenFile write(FileOperations operations, Path path, byte[] content)
      throws IOException {
    try (HashingFile file = new HashingFile(operations, path)) {
      file.write(content, content.length);
      return file.finish();
    }
  }
}
