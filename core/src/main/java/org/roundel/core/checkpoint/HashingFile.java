package org.roundel.core.checkpoint;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file being written whose SHA-256 and length are taken on the way. */
final class HashingFile implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final FileOperations.OutputFile file;
  private final MessageDigest digest = sha256();
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

  /** Reads a file to its end and returns its SHA-256 in hexadecimal digits. */
  static String sha256(Path path) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[BUFFER_BYTES];
    // Not Files.newInputStream, which fails in an interrupted thread.
    try (FileInputStream in = new FileInputStream(path.toFile())) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
