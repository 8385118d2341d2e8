package org.roundel.spark;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** An installation of Roundel on this machine, whose classes are loaded apart from Spark's. */
final class Installation {
  private static final String JAVACPP = "org.bytedeco.javacpp.";

  private final Path home;

  private Installation(Path home) {
    this.home = home;
  }

  /**
   * Finds an installation.
   *
   * @throws IOException with a message for the user if there is none
   */
  static Installation in(Path home) throws IOException {
    Path absolute = home.toAbsolutePath().normalize();
    if (!Files.isDirectory(absolute.resolve("lib"))) {
      throw new IOException(
          "there is no Roundel in "
              + absolute
              + "; install it there, or say where it is by the Spark setting spark.roundel.home");
    }
    return new Installation(absolute);
  }

  Path home() {
    return home;
  }

  /** Returns what loads the program's classes; it sees the JDK beside them, and nothing else. */
  ClassLoader classLoader() throws IOException {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(home.resolve("lib"), "*.jar")) {
      files.forEach(jars::add);
    }
    Collections.sort(jars);
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars) {
      urls.add(jar.toUri().toURL());
    }
    return new URLClassLoader(
        "roundel", urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  /** Says to the libraries what {@code bin/roundel} says, where nobody has said otherwise. */
  void setProperties() {
    set("roundel.home", home.toString());
    set("logback.configurationFile", home.resolve("conf").resolve("logback.xml").toString());
    set(JAVACPP + "logger", "slf4j");
    set(JAVACPP + "platform.linkpath", home.resolve("native").toString());
    set(JAVACPP + "cacheLibraries", "false");
    set(JAVACPP + "maxbytes", "0");
    set(JAVACPP + "maxphysicalbytes", "0");
  }

  private static void set(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
