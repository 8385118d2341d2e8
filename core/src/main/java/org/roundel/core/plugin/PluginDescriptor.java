package org.roundel.core.plugin;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known about a loaded plugin.
 *
 * @param name the name of its JAR without {@code .jar}, or of its directory
 * @param version the manifest's {@code Implementation-Version}, or {@value #NO_VERSION}
 * @param spiVersion the version of the plugin interface that it was built for
 * @param location its JAR, or its directory of JARs
 * @param sha256 the SHA-256 of each of its JARs in lower-case hexadecimal, by file name
 * @param components what it offers, each as {@code kind name}, sorted
 */
public record PluginDescriptor(
    String name,
    String version,
    int spiVersion,
    Path location,
    Map<String, String> sha256,
    List<String> components) {
  /** The version of a plugin whose manifest states none. */
  public static final String NO_VERSION = "unspecified";

  /** Copies the collections. */
  public PluginDescriptor {
    sha256 = Collections.unmodifiableMap(new TreeMap<>(sha256));
    components = List.copyOf(components);
  }
}
