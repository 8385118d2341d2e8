package org.roundel.core.plugin;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash by which a run's manifest and a lock of plugins know a JAR. */
public final class JarHash {
  private JarHash() {}

  /** Reads a JAR and returns its SHA-256, 64 lower-case hexadecimal digits. */
  public static String sha256(Path jar) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
    // Not Files.newInputStream, which fails in an interrupted thread.
    try (InputStream in = new DigestInputStream(new FileInputStream(jar.toFile()), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
