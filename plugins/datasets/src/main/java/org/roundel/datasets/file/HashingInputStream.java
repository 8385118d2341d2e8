package org.roundel.datasets.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Passes a stream through and computes the SHA-256 of what was read. */
public final class HashingInputStream extends FilterInputStream {
  private final MessageDigest digest = Sha256.digest();

  public HashingInputStream(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    if (value >= 0) {
      digest.update((byte) value);
    }
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = super.read(bytes, offset, length);
    if (count > 0) {
      digest.update(bytes, offset, count);
    }
    return count;
  }

  /** Returns the SHA-256 of what was read, in lower-case hex, and starts anew. */
  public String sha256() {
    return Sha256.hex(digest);
  }
}
