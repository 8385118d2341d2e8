package org.roundel.cli.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** What is known of libraries without asking them. */
final class Libraries {
  private static final Path LINUX = Path.of("/proc/self/maps");

  private Libraries() {}

  /** Returns what Maven wrote into the JAR of a library's classes. */
  static String version(String group, String artifact) {
    String file = "META-INF/maven/" + group + "/" + artifact + "/pom.properties";
    Properties properties = new Properties();
    try (InputStream stream = Libraries.class.getClassLoader().getResourceAsStream(file)) {
      if (stream != null) {
        properties.load(stream);
      }
    } catch (IOException unreadable) {
      return "of unknown version";
    }
    return properties.getProperty("version", "of unknown version");
  }

  /** Returns the files of OpenMP libraries that this process has loaded; none but on Linux. */
  static List<String> openMp() {
    return Files.isReadable(LINUX) ? openMp(LINUX) : List.of();
  }

  /** As {@link #openMp()}, from a list of mapped files, whose names are bytes of any kind. */
  static List<String> openMp(Path maps) {
    try {
      return new String(Files.readAllBytes(maps), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.matches(".*/lib(gomp|iomp|omp)[^/]*"))
          .map(line -> line.substring(line.indexOf('/')))
          .distinct()
          .toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  /** Returns what lies under an exception that a loader of classes threw. */
  static String reason(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null ? cause.toString() : message.strip();
  }
}
