package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program without Roundel: compiled and run with exactly the JARs that {@code roundel-inference}
 * needs at run time, and nothing else.
 */
final class PlainJava {
  private static final Path PLUGINS = Path.of("..", "plugins");

  private final Path directory;
  private final List<Path> jars = new ArrayList<>();

  /** Makes one whose classes, and what JavaCPP unpacks, go into a directory. */
  PlainJava(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
    try (Stream<Path> files =
        Files.list(PLUGINS.resolve(Path.of("inference", "target", "runtime")))) {
      files.map(Path::toAbsolutePath).forEach(jars::add);
    }
    jars.add(
        PLUGINS
            .resolve(Path.of("target", "distribution", "roundel-inference.jar"))
            .toAbsolutePath());
  }

  List<Path> jars() {
    return jars;
  }

  /** Returns what the JARs take, those with natives of this platform among them. */
  double megabytes() throws IOException {
    long bytes = 0;
    for (Path jar : jars) {
      bytes += Files.size(jar);
    }
    return bytes / 1e6;
  }

  private String classPath() {
    return Stream.concat(jars.stream(), Stream.of(directory))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  void compile(String name, String source) throws IOException, InterruptedException {
    Path file = Files.writeString(directory.resolve(name), source);
    process(directory, "javac", "-d", directory.toString(), "-cp", classPath(), file.toString());
  }

  /** Returns what it printed. */
  String run(Path workingDirectory, String... mainAndArguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("java"));
    command.add("-Dorg.bytedeco.javacpp.cachedir=" + directory.resolve("cache"));
    command.addAll(List.of("-cp", classPath()));
    command.addAll(List.of(mainAndArguments));
    return process(workingDirectory, command.toArray(String[]::new));
  }

  private String process(Path workingDirectory, String... command)
      throws IOException, InterruptedException {
    command[0] = Path.of(System.getProperty("java.home"), "bin", command[0]).toString();
    Path output = directory.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(workingDirectory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int exitCode = process.waitFor();
    assertThat(exitCode).as("%s", Files.readString(output)).isZero();
    return Files.readString(output);
  }
}
