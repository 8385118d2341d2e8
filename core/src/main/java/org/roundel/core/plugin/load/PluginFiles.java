package org.roundel.core.plugin.load;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.plugin.failure.PluginFault;
import org.roundel.core.run.IoFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the files that make up plugins; everything sorted by file name. */
public final class PluginFiles {
  private static final Logger logger = LoggerFactory.getLogger(PluginFiles.class);
  private static final String JAR_SUFFIX = ".jar";

  private PluginFiles() {}

  /** Returns the JARs and directories in the plugins directory; other and hidden files are none. */
  static List<Path> locations(Path pluginsDirectory) {
    List<Path> locations = new ArrayList<>();
    for (Path path : everything(pluginsDirectory)) {
      if (isHidden(path)) {
        continue;
      }
      if (isLocation(path)) {
        locations.add(path);
      } else {
        logger.debug("{} is neither a JAR nor a directory, so no plugin", path);
      }
    }
    return locations;
  }

  /** Returns all that lies in the plugins directory. */
  public static List<Path> everything(Path pluginsDirectory) {
    if (!Files.isDirectory(pluginsDirectory)) {
      throw new RoundelException(
          ErrorKind.PLUGIN,
          String.format(
              Locale.ROOT,
              "the plugins directory %s%s; name the directory that holds the plugins' JARs",
              pluginsDirectory,
              Files.exists(pluginsDirectory) ? " is not a directory" : " does not exist"));
    }
    try {
      return list(pluginsDirectory);
    } catch (IOException unreadable) {
      throw new RoundelException(
          ErrorKind.PLUGIN,
          String.format(
              Locale.ROOT,
              "the plugins directory %s cannot be read (%s); make it readable for this user",
              pluginsDirectory,
              IoFailure.reason(unreadable)),
          unreadable);
    }
  }

  /** Returns the JARs of a plugin: itself, or those in the directory that it is. */
  public static List<Path> jars(Path location) throws PluginFault {
    if (!Files.isDirectory(location)) {
      return List.of(location);
    }
    List<Path> jars = new ArrayList<>();
    try {
      for (Path path : list(location)) {
        if (isJar(path) && !isHidden(path) && !Files.isDirectory(path)) {
          jars.add(path);
        }
      }
    } catch (IOException unreadable) {
      throw PluginFault.of(
          location,
          "the directory cannot be read: " + IoFailure.reason(unreadable),
          unreadable,
          "Make it readable for this user, or remove it.");
    }
    if (jars.isEmpty()) {
      throw PluginFault.of(
          location,
          "the directory holds no JAR",
          null,
          "Put the plugin's JAR and its libraries directly into it, or remove it.");
    }
    return jars;
  }

  /** Returns the name of a plugin: its file's name without {@code .jar}. */
  static String pluginName(Path location) {
    String name = fileName(location);
    return isJar(location) ? name.substring(0, name.length() - JAR_SUFFIX.length()) : name;
  }

  public static String fileName(Path path) {
    Path name = path.getFileName();
    return name == null ? path.toString() : name.toString();
  }

  public static boolean isHidden(Path path) {
    return fileName(path).startsWith(".");
  }

  /** Returns whether this is taken for a plugin, by its name or as a directory. */
  public static boolean isLocation(Path path) {
    return isJar(path) || Files.isDirectory(path);
  }

  private static boolean isJar(Path path) {
    return fileName(path).toLowerCase(Locale.ROOT).endsWith(JAR_SUFFIX);
  }

  private static List<Path> list(Path directory) throws IOException {
    List<Path> paths = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      for (Path path : stream) {
        paths.add(path);
      }
    } catch (DirectoryIteratorException failed) {
      throw failed.getCause();
    }
    paths.sort(Comparator.comparing(PluginFiles::fileName));
    return paths;
  }
}
