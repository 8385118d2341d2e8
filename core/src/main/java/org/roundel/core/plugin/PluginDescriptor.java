package org.roundel.core.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.run.Sha256;

/**
 * What is known about a loaded plugin.
 *
 * @param name the name of its JAR without {@code .jar}, or of its directory
 * @param version the manifest's {@code Implementation-Version}, or {@value #NO_VERSION}
 * @param spiVersion the version of the plugin interface that it was built for
 * @param location its JAR, or its directory of JARs
 * @param jars its JARs, each with a file name of its own
 * @param components what it offers, each as {@code kind name}, sorted
 */
public record PluginDescriptor(
    String name,
    String version,
    int spiVersion,
    Path location,
    List<Path> jars,
    List<String> components) {
  /** The version of a plugin whose manifest states none. */
  public static final String NO_VERSION = "unspecified";

  /** Copies the collections. */
  public PluginDescriptor {
    jars = List.copyOf(jars);
    components = List.copyOf(components);
  }

  /**
   * Reads its JARs and returns the SHA-256 of each in lower-case hexadecimal, by file name.
   *
   * @throws RoundelException if one cannot be read any more
   */
  public Map<String, String> sha256() {
    Map<String, String> hashes = new TreeMap<>();
    for (Path jar : jars) {
      hashes.put(String.valueOf(jar.getFileName()), sha256(jar));
    }
    return hashes;
  }

  private static String sha256(Path jar) {
    try {
      return Sha256.of(jar);
    } catch (IOException unreadable) {
      throw new RoundelException(
          ErrorKind.PLUGIN,
          jar
              + " was there when its plugin was loaded and cannot be read any more: "
              + unreadable.getMessage()
              + "; leave the plugins directory alone while Roundel runs",
          unreadable);
    }
  }
}
