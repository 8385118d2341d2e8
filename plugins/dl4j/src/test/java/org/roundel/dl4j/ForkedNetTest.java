package org.roundel.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only shows in another JVM: a missing native library, a number of OpenMP threads. */
class ForkedNetTest {
  private static final String DIRECTORY = "org.bytedeco.javacpp.platform.linkpath";
  private static final Path LIBRARIES = Path.of(System.getProperty(DIRECTORY));

  @TempDir private Path directory;

  /** The links lead out of the directory, which is about to be deleted. */
  @AfterEach
  void removeLinks() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  @Test
  void withoutTheNativeLibraryDl4jRunsTheNet() throws Exception {
    List<String> output = run(1, librariesBut("libdnnl.so.3", "libjnidnnl.so")).lines();
    assertThat(output).filteredOn(line -> line.contains("oneDNN cannot be loaded")).hasSize(1);
    assertThat(output).anyMatch(line -> line.contains("the net runs on DL4J's kernels"));
    List<String> compiled = run(1, LIBRARIES).lines();
    assertThat(compiled).noneMatch(line -> line.contains("oneDNN cannot be loaded"));
    assertThat(result(output).substring(0, 12)).isEqualTo(result(compiled).substring(0, 12));
  }

  @Test
  void aDamagedNativeLibraryIsNamedAndNothingRuns() throws Exception {
    Path libraries = librariesBut("libjnidnnl.so");
    Path damaged = Files.writeString(libraries.resolve("libjnidnnl.so"), "no library");
    Output output = run(1, libraries);
    assertThat(output.exitCode()).isNotZero();
    assertThat(String.join("\n", output.lines()))
        .contains(
            "oneDNN is installed but cannot be loaded: ",
            damaged.toString(),
            "; see 'roundel doctor', or set engine=dl4j")
        .doesNotContain("RESULT");
  }

  /** The same number of threads gives the same bytes; docs/reproducibility.md says so. */
  @Test
  void aNumberOfThreadsRepeatsItsBytes() throws Exception {
    assertThat(result(run(1, LIBRARIES).lines())).isEqualTo(result(run(1, LIBRARIES).lines()));
    assertThat(result(run(2, LIBRARIES).lines())).isEqualTo(result(run(2, LIBRARIES).lines()));
  }

  private static String result(List<String> output) {
    List<String> found = output.stream().filter(line -> line.startsWith("RESULT")).toList();
    assertThat(found).as(String.join("\n", output)).hasSize(1);
    return found.get(0);
  }

  /** Returns a directory with links to all native libraries but these. */
  private Path librariesBut(String... names) throws IOException {
    Path some = Files.createDirectory(directory.resolve("native"));
    try (Stream<Path> libraries = Files.list(LIBRARIES)) {
      for (Path library : (Iterable<Path>) libraries::iterator) {
        if (!List.of(names).contains(library.getFileName().toString())) {
          Files.createSymbolicLink(some.resolve(library.getFileName()), library);
        }
      }
    }
    return some;
  }

  /** What a process printed, and its exit code. */
  private record Output(int exitCode, List<String> lines) {}

  private Output run(int threads, Path libraries) throws IOException, InterruptedException {
    Path log = directory.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.bytedeco.javacpp.cacheLibraries=false",
                "-D" + DIRECTORY + "=" + libraries,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                ForkedNet.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Output(process.exitValue(), Files.readAllLines(log, StandardCharsets.UTF_8));
  }
}
