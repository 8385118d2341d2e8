package org.roundel.core.plugin.load;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the loader needs to know of a JAR before any class of it is loaded.
 *
 * @param path the file
 * @param version the manifest's {@code Implementation-Version}
 * @param spiVersion the manifest's {@code Roundel-SPI-Version}, as written
 * @param providers the classes that its services file names; null if it has no such file
 */
public record JarFacts(
    Path path,
    @Nullable String version,
    @Nullable String spiVersion,
    @Nullable List<String> providers) {}
