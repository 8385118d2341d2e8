package org.roundel.cli.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The Maven that a plugin's author has: the one that runs this build, with all that it has
 * downloaded already, and a place of its own for what comes out of an installation.
 */
public final class AuthorsMaven implements AutoCloseable {
  /** Where Maven would keep, and later find again, what is of this build. */
  private static final Path OURS = Path.of("org", "roundel");

  private final List<Path> links = new ArrayList<>();
  private final Path script;

  /**
   * Makes the command {@code mvn}.
   *
   * @param directory new; where the command is, and what it downloads
   */
  public AuthorsMaven(Path directory) throws IOException {
    Path repository = Files.createDirectories(directory.resolve("repository"));
    linkAllButOurs(downloaded(), repository, Path.of(""));
    this.script = Files.createDirectory(directory.resolve("bin")).resolve("mvn");
    Files.writeString(
        script,
        String.join(
            "\n",
            "#!/bin/sh",
            "exec \"" + maven() + "\" --batch-mode --offline -Daether.offline.protocols=file \\",
            "  -Dmaven.repo.local=\"" + repository + "\" \\",
            // So short a build never sees the optimizing compiler pay.
            "  -DargLine=\"-XX:TieredStopAtLevel=1 -XX:+UseSerialGC\" \"$@\"",
            ""));
    if (!script.toFile().setExecutable(true)) {
      throw new IOException(script + " cannot be made executable");
    }
  }

  /** Returns the command. */
  public Path command() {
    return script;
  }

  /** Takes the links away that lead out of the directory. */
  @Override
  public void close() throws IOException {
    for (Path link : links) {
      Files.delete(link);
    }
  }

  private static Path maven() {
    String home = System.getProperty("maven.home");
    assertThat(home).as("system property maven.home").isNotNull();
    return Path.of(home, "bin", "mvn");
  }

  /** Surefire and Failsafe say where Maven keeps what it downloads. */
  private static Path downloaded() {
    String repository = System.getProperty("localRepository");
    return repository == null
        ? Path.of(System.getProperty("user.home"), ".m2", "repository")
        : Path.of(repository);
  }

  private void linkAllButOurs(Path from, Path to, Path below) throws IOException {
    List<Path> entries;
    try (Stream<Path> listed = Files.list(from.resolve(below))) {
      entries = listed.toList();
    }
    for (Path entry : entries) {
      Path path = below.resolve(entry.getFileName());
      if (path.equals(OURS)) {
        continue;
      }
      if (OURS.startsWith(path)) {
        Files.createDirectory(to.resolve(path));
        linkAllButOurs(from, to, path);
      } else {
        links.add(Files.createSymbolicLink(to.resolve(path), entry));
      }
    }
  }
}
