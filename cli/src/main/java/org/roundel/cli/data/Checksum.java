package org.roundel.cli.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.roundel.api.dataset.Download;

/** Computes the checksum that a download names. */
final class Checksum {
  private Checksum() {}

  /** Returns the checksum of a whole file in lower-case hex. */
  static String of(Path file, Download download) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in, download);
    }
  }

  /** Returns the checksum of what is left of a stream, which stays open. */
  static String of(InputStream in, Download download) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance(download.algorithm());
    } catch (NoSuchAlgorithmException unknown) {
      throw DownloadFailures.of(
          download,
          "this Java has no checksum '"
              + download.algorithm()
              + "'; a plugin names one such as MD5 or SHA-256",
          unknown);
    }
    byte[] buffer = new byte[1 << 16];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      digest.update(buffer, 0, count);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
