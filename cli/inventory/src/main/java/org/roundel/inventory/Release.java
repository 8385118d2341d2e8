package org.roundel.inventory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Makes an archive of the distribution for each platform: all but the native libraries is the same,
 * and these come from the JARs that the list of dependencies has for the platform.
 */
public final class Release {
  private static final Pattern LIBRARY = Pattern.compile(".*\\.(?:so|so\\..*|dylib)");

  /** What belongs to one machine, or is written anew for each platform. */
  private static final Pattern LEFT_OUT =
      Pattern.compile("native/.*|licenses/.*|NOTICE|sbom\\.json|lib/.*\\.jsa");

  private final Path distribution;
  private final Path lists;
  private final Path repository;
  private final Path target;

  Release(Path distribution, Path lists, Path repository, Path target) {
    this.distribution = distribution;
    this.lists = lists;
    this.repository = repository;
    this.target = target;
  }

  /**
   * Makes the archives, for the build: the four places of {@link #Release}, the version, the time,
   * the platform of the distribution, then the platforms, each as {@code name=classifier of ND4J}.
   */
  public static void main(String[] arguments) throws IOException {
    Release release =
        new Release(
            Path.of(arguments[0]),
            Path.of(arguments[1]),
            Path.of(arguments[2]),
            Path.of(arguments[3]));
    StringBuilder sums = new StringBuilder();
    for (String platform : List.of(arguments).subList(7, arguments.length)) {
      String[] names = platform.split("=", -1);
      Path archive = release.make(arguments[4], arguments[5], names[0], names[1], arguments[6]);
      sums.append(Distribution.sha256(archive) + "  " + archive.getFileName() + "\n");
    }
    Files.writeString(release.target.resolve("SHA256SUMS"), sums);
  }

  /** Makes the archive of a platform and returns it. */
  Path make(String version, String time, String platform, String ofNd4j, String own)
      throws IOException {
    Files.createDirectories(target);
    Path stage = target.resolve("stage");
    delete(stage);
    copyShared(stage);
    Path natives = Files.createDirectories(stage.resolve("native"));
    unpack(List.of(platform, ofNd4j), natives);
    if (platform.equals(own)) {
      requireSame(natives);
    }
    List<String> problems =
        new Inventory(
                stage,
                lists,
                repository,
                target.resolve("dependencies.txt"),
                List.of(platform, ofNd4j))
            .take(version, time, List.of());
    if (!problems.isEmpty()) {
      throw new IOException(platform + ":\n  " + String.join("\n  ", problems));
    }
    String name = "roundel-" + version;
    Path archive = target.resolve(name + "-" + platform + ".tar.gz");
    Archive.write(archive, stage, name, Instant.parse(time));
    delete(stage);
    return archive;
  }

  private void copyShared(Path stage) throws IOException {
    try (Stream<Path> all = Files.walk(distribution)) {
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        String place = distribution.relativize(file).toString().replace('\\', '/');
        if (!LEFT_OUT.matcher(place).matches()) {
          Path copy = stage.resolve(place);
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
  }

  /** Does what the root POM does for this machine's platform. */
  private void unpack(List<String> classifiers, Path natives) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    for (Dependency dependency : Dependency.read(lists.resolve("dependencies.txt"))) {
      if (classifiers.contains(dependency.classifier())) {
        unpack(dependency.in(repository), natives);
      }
    }
    List<Path> libraries;
    try (Stream<Path> all = Files.list(natives)) {
      libraries = all.toList();
    }
    for (Path library : libraries) {
      String name = library.getFileName().toString();
      if (name.startsWith("libopenblas.")) {
        String other = name.replace("libopenblas.", "libopenblas_nolapack.");
        Files.copy(library, natives.resolve(other));
        sizes.put(other, Files.size(library));
      }
      sizes.put(name, Files.size(library));
    }
    StringBuilder text = new StringBuilder();
    sizes.forEach((name, size) -> text.append(name + " : " + size + "\n"));
    Files.writeString(natives.resolve("sizes.txt"), text);
  }

  /** Of two libraries of one name, GCC's OpenMP for one, ND4J's serves all: it comes last. */
  private static void unpack(Path jar, Path natives) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        String name = Distribution.fileName(entry.getName());
        if (!entry.isDirectory() && LIBRARY.matcher(name).matches()) {
          try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, natives.resolve(name), StandardCopyOption.REPLACE_EXISTING);
          }
        }
      }
    }
  }

  /** What was tested is what is archived. */
  private void requireSame(Path natives) throws IOException {
    Path built = distribution.resolve("native");
    Map<String, String> expected = hashes(built);
    Map<String, String> found = hashes(natives);
    if (!expected.equals(found)) {
      throw new IOException(
          "the native libraries are not those of " + built + ": " + found.keySet());
    }
  }

  private static Map<String, String> hashes(Path directory) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    try (Stream<Path> all = Files.list(directory)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        hashes.put(file.getFileName().toString(), Distribution.sha256(file));
      }
    }
    return hashes;
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes unused)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException failed)
              throws IOException {
            Files.delete(emptied);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
