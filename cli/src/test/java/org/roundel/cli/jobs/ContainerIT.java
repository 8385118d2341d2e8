package org.roundel.cli.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.cli.Installation;

/**
 * {@code jobs/Dockerfile}, step by step without an engine, and what it makes in a container's room.
 */
@Tag("thorough")
class ContainerIT {
  private static final Path DOCKERFILE = Path.of("src", "dist", "jobs", "Dockerfile");

  @TempDir private static Path place;

  private static Image image;

  @TempDir private Path directory;

  private Path runs;
  private Sandbox.Running running;

  @BeforeAll
  static void build() throws Exception {
    Sandbox.require();
    image = Image.build(DOCKERFILE, Installation.packaged(), place);
  }

  @BeforeEach
  void makeVolume() throws IOException {
    // As an engine does with a new volume: it gets the owner of the image's directory.
    runs = Files.createDirectory(directory.resolve("runs"));
    Object owner = Files.getAttribute(image.root().resolve("runs"), "unix:uid");
    Files.setAttribute(runs, "unix:uid", owner);
  }

  @AfterEach
  void end() throws InterruptedException {
    if (running != null) {
      running.kill();
    }
  }

  /** Starts what a container does by itself, with more words. */
  private void start(String... more) throws IOException {
    List<String> words = new ArrayList<>(image.command());
    words.addAll(List.of(more));
    startWith(words);
  }

  private void startWith(List<String> words) throws IOException {
    running = image.start(runs, words, directory.resolve("output.txt"));
  }

  private static String[] tiny(String... more) {
    List<String> words = new ArrayList<>(Installation.TINY_RUN);
    words.remove("--epochs=3");
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private static Set<Path> files(Path top) throws IOException {
    try (Stream<Path> files = Files.walk(top)) {
      return new TreeSet<>(files.toList());
    }
  }

  @Test
  @Timeout(300)
  void trainsAsNobodyOnARootThatCannotBeWrittenAndGoesOnInAnother() throws Exception {
    try (Stream<Path> archives = Files.list(image.root().resolve("opt/roundel/lib"))) {
      assertThat(archives.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.endsWith(".jsa"))
          .singleElement()
          .asString()
          .startsWith("java-" + System.getProperty("java.version") + "-");
    }
    Set<Path> before = files(image.root());

    start(tiny("--epochs=9999"));
    running.await(" 1/9999 ");
    assertThat(running.beside(image.healthCheck())).as("the health check").isZero();
    String natives = "grep -q ' /opt/roundel/native/libnd4jcpu.so$' /proc/1/maps";
    assertThat(running.beside(List.of("sh", "-c", natives))).as(natives).isZero();
    String unpacked = "! grep -q ' /[^o].*/lib\\(jni\\|nd4j\\|dnnl\\)[^/]*$' /proc/1/maps";
    assertThat(running.beside(List.of("sh", "-c", unpacked))).as(unpacked).isZero();
    assertThat(running.beside(List.of("test", "-w", "/opt/roundel"))).isNotZero();
    running.signal("TERM");
    assertThat(running.end()).as("%s", running.text()).isEqualTo(143);
    assertThat(running.text()).contains("Stopped early; checkpoint step-");
    Path run = runs.resolve("first");
    assertThat(Files.getAttribute(run.resolve("history.jsonl"), "unix:uid")).isEqualTo(10001);
    int epochs = Files.readAllLines(run.resolve("history.jsonl")).size();

    start(tiny("--epochs=9999"));
    running.await(" " + (epochs + 2) + "/9999 ");
    running.signal("TERM");
    assertThat(running.end()).isEqualTo(143);
    assertThat(Files.readAllLines(run.resolve("history.jsonl"))).hasSizeGreaterThan(epochs);
    assertThat(files(image.root())).isEqualTo(before);
  }

  /** A rehearsal is of a new run, so the words that a container has by itself lose one. */
  @Test
  @Timeout(300)
  void theWordsThatItHasByItselfAreUnderstood() throws Exception {
    List<String> words = new ArrayList<>(image.command());
    assertThat(words.remove("--resume-if-exists")).isTrue();
    words.add("--dry-run");
    startWith(words);
    assertThat(running.end()).as("%s", running.text()).isZero();
    assertThat(running.text()).contains("Nothing was trained");
  }

  @Test
  @Timeout(300)
  void whatServesNoMetricsIsNotHealthy() throws Exception {
    List<String> words = new ArrayList<>(List.of("train"));
    words.addAll(List.of(tiny("--epochs=9999")));
    startWith(words);
    running.await(" 1/9999 ");
    assertThat(running.beside(image.healthCheck())).isNotZero();
    running.signal("TERM");
    assertThat(running.end()).isEqualTo(143);
  }
}
