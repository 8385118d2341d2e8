package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs that Spark, or what its executors have, stands in the way of: refused, in a sentence. */
class SparkRefusalsIT extends OnSpark {
  private static final int CONFIGURATION = 3;

  @Test
  void whereSparkIsMissingOrAnother() throws Exception {
    Path old = Files.createDirectories(directory.resolve("spark-3/jars")).getParent();
    Files.createFile(old.resolve("jars/spark-core_2.13-3.5.1.jar"));

    roundel.setVariable("SPARK_HOME", old.toString());
    assertGolden("spark-version", master(1));
    roundel.setVariable("SPARK_HOME", "");
    assertGolden("spark-missing", master(1));
  }

  @Test
  void masterThatIsNone() throws Exception {
    assertGolden("spark-no-master", "--master", "sparky://here");
    assertGolden("spark-local", "--master=local[2]");
    assertGolden("spark-kubernetes", "--master=k8s://https://127.0.0.1:1");
    assertGolden("spark-no-executor", "--master=local-cluster[0,1,1024]");
  }

  @Test
  void oneShardOrThreadsThatNoExecutorHas() throws Exception {
    assertGolden("spark-shards", "--set=shards=1", master(1));
    assertGolden("spark-cores", "--set=threads=2", master(1));
  }

  @Tag("thorough")
  @Test
  void executorWithoutRoundelOrAPlugin() throws Exception {
    assertRefused("executor 0 on ", "-Dspark.roundel.home=/nowhere", master(1));

    Path other = other();
    Files.delete(other.resolve("plugins/roundel-resnet.jar"));
    assertRefused("executor 0 on ", "-Dspark.roundel.home=" + other, master(1));
  }

  @Tag("thorough")
  @Test
  void executorOfAnotherVersion() throws Exception {
    Path other = other();
    Path core = other.resolve("lib/roundel-core-0.1.0.jar");
    try (FileSystem jar = FileSystems.newFileSystem(core)) {
      Path file = jar.getPath("META-INF/MANIFEST.MF");
      Manifest manifest;
      try (InputStream in = Files.newInputStream(file)) {
        manifest = new Manifest(in);
      }
      manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "0.2.0");
      try (OutputStream out = Files.newOutputStream(file)) {
        manifest.write(out);
      }
    }
    Outcome refused = assertRefused("executor 0 on ", "-Dspark.roundel.home=" + other, master(1));
    assertThat(refused.err()).contains(": roundel is 0.2.0, and 0.1.0 where the run is trained; ");
  }

  @Tag("thorough")
  @Test
  void executorWithOtherInstructions() throws Exception {
    Outcome refused =
        assertRefused("executor 0 on ", "-Dspark.executorEnv.ONEDNN_MAX_CPU_ISA=SSE41", master(1));
    assertThat(refused.err()).containsPattern(": engine is oneDNN .* sse41.*, and oneDNN .* where");
  }

  private void assertGolden(String name, String... more) throws Exception {
    String message = assertRefused("", "", more).err();
    Golden.assertGolden(name, message.replace(directory + "/spark-3", "DIR"));
  }

  private Outcome assertRefused(String start, String javaOptions, String... more) throws Exception {
    Outcome outcome = roundel.start(command("refused", 1, more), javaOptions).end();
    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(CONFIGURATION);
    assertThat(outcome.err()).startsWith("roundel: " + start);
    assertThat(outcome.err()).doesNotContain("\tat ");
    assertThat(roundel.work().resolve("refused")).doesNotExist();
    return outcome;
  }

  /** Returns an installation of the same program beside the one that is started. */
  private Path other() throws IOException {
    Path other = Files.createDirectory(directory.resolve("other"));
    for (String part : new String[] {"conf", "lib", "plugins"}) {
      Installation.copy(Installation.packaged().resolve(part), other.resolve(part));
    }
    Files.createSymbolicLink(
        other.resolve("native"), Installation.packaged().resolve("native").toAbsolutePath());
    try (Stream<Path> plugins = Files.list(other.resolve("plugins"))) {
      assertThat(plugins).isNotEmpty();
    }
    return other;
  }
}
