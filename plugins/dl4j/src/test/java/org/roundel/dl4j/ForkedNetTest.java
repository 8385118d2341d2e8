package org.roundel.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only shows in another JVM: a missing native library, a number of OpenMP threads. */
class ForkedNetTest {
  @TempDir private Path directory;

  @Test
  void withoutTheNativeLibraryDl4jRunsTheNet() throws Exception {
    List<String> output = run(1, jar -> !jar.matches("dnnl-.*-.*-[a-z]+-.*\\.jar"));
    assertThat(output).filteredOn(line -> line.contains("oneDNN cannot be loaded")).hasSize(1);
    assertThat(output).anyMatch(line -> line.contains("the net runs on DL4J's kernels"));
    List<String> compiled = run(1, jar -> true);
    assertThat(compiled).noneMatch(line -> line.contains("oneDNN cannot be loaded"));
    assertThat(result(output).substring(0, 12)).isEqualTo(result(compiled).substring(0, 12));
  }

  /** The same number of threads gives the same bytes; docs/reproducibility.md says so. */
  @Test
  void aNumberOfThreadsRepeatsItsBytes() throws Exception {
    assertThat(result(run(1, jar -> true))).isEqualTo(result(run(1, jar -> true)));
    assertThat(result(run(2, jar -> true))).isEqualTo(result(run(2, jar -> true)));
  }

  private static String result(List<String> output) {
    List<String> found = output.stream().filter(line -> line.startsWith("RESULT")).toList();
    assertThat(found).as(String.join("\n", output)).hasSize(1);
    return found.get(0);
  }

  private List<String> run(int threads, Predicate<String> jars)
      throws IOException, InterruptedException {
    String everything =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String classPath =
        Arrays.stream(everything.split(File.pathSeparator))
            .filter(entry -> jars.test(Path.of(entry).getFileName().toString()))
            .collect(Collectors.joining(File.pathSeparator));
    Path log = directory.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                classPath,
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
    List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
    return lines;
  }
}
