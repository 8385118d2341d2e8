package org.roundel.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a distribution, by their paths in it, with {@code /} on every system. */
final class Distribution {
  private final Path directory;
  private final Map<String, String> jars;
  private final Map<String, String> natives;

  private Distribution(Path directory, Map<String, String> jars, Map<String, String> natives) {
    this.directory = directory;
    this.jars = jars;
    this.natives = natives;
  }

  static Distribution read(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    Map<String, String> jars = new TreeMap<>();
    Map<String, String> natives = new TreeMap<>();
    for (Path file : files) {
      String name = directory.relativize(file).toString().replace('\\', '/');
      if (name.endsWith(".jar")) {
        jars.put(name, sha256(file));
      } else if (name.startsWith("native/") && !name.endsWith(".txt")) {
        natives.put(name, sha256(file));
      }
    }
    return new Distribution(directory, jars, natives);
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  /** Returns the SHA-256 of each JAR of Roundel itself. */
  Map<String, String> ownJars() {
    return jarsThatAre(true);
  }

  /** Returns the SHA-256 of each JAR of others. */
  Map<String, String> othersJars() {
    return jarsThatAre(false);
  }

  private Map<String, String> jarsThatAre(boolean own) {
    Map<String, String> some = new TreeMap<>();
    jars.forEach(
        (name, hash) -> {
          if (fileName(name).startsWith("roundel-") == own) {
            some.put(name, hash);
          }
        });
    return some;
  }

  /** Returns the SHA-256 of each native library. */
  Map<String, String> natives() {
    return natives;
  }

  static String fileName(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
