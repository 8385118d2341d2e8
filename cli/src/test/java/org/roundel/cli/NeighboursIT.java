package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The packaged program beside another JavaCPP program of the same user that loads oneDNN first,
 * again and again: in the cache that such programs share, each start deletes and makes anew what
 * others have mapped.
 *
 * <p>Maven's profile {@code neighbours} makes more starts.
 */
@Tag("thorough")
class NeighboursIT extends OwnInstallation {
  private static final int STARTS = Integer.getInteger("roundel.neighbour.starts", 3);

  /** A training that outlasts a few starts; when it ends, the next begins. */
  private static final int LONG = 15;

  private Path userHome;

  @BeforeEach
  void makeHome() throws IOException {
    userHome = Files.createDirectory(directory.resolve("user"));
  }

  @Test
  void startsAndTrainsAsIfThereWereNoNeighbour() throws Exception {
    succeed(train("alone", 1));
    succeed(train("long-alone", LONG));

    AtomicBoolean stop = new AtomicBoolean();
    CompletableFuture<Integer> neighbours =
        CompletableFuture.supplyAsync(() -> startNeighbours(stop));
    int trainings = 1;
    int starts = 0;
    try {
      Installation.Running training = train("long-1", LONG);
      training.awaitLine(" 1/");
      assertThat(foreignLibraries(training.process().pid())).isEmpty();
      for (int start = 0; start < STARTS; start++) {
        succeed(train("beside-" + start, 1));
        assertSameWeights("beside-" + start, "alone");
        if (!training.process().isAlive()) {
          succeed(training);
          assertSameWeights("long-" + trainings, "long-alone");
          trainings++;
          training = train("long-" + trainings, LONG);
        }
      }
      succeed(training);
      assertSameWeights("long-" + trainings, "long-alone");
    } finally {
      stop.set(true);
      starts = neighbours.join();
    }
    assertThat(starts).as("starts of the neighbour").isPositive();
    // It did unpack where Roundel would have: the test is one.
    assertThat(userHome.resolve(".javacpp/cache")).isNotEmptyDirectory();
    System.out.println(
        STARTS
            + " starts and "
            + trainings
            + " longer trainings beside "
            + starts
            + " starts of another program");
  }

  private Installation.Running train(String name, int epochs) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("train", "--run-dir=" + name));
    for (String argument : Installation.TINY_RUN) {
      arguments.add(argument.startsWith("--epochs=") ? "--epochs=" + epochs : argument);
    }
    return roundel.start(arguments, "-Duser.home=" + userHome);
  }

  private static void succeed(Installation.Running running) throws Exception {
    Outcome outcome = running.end();
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
  }

  /** Starts another program, one after the other, and returns how often. */
  private int startNeighbours(AtomicBoolean stop) {
    int starts = 0;
    Path output = directory.resolve("neighbour.txt");
    try {
      while (!stop.get() || starts == 0) {
        Process process =
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Duser.home=" + userHome,
                    "-cp",
                    neighbourClassPath(),
                    Neighbour.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        assertThat(
                Path.of(Files.readString(output, StandardCharsets.UTF_8).lines().toList().get(0)))
            .startsWith(userHome);
        starts++;
      }
      return starts;
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError("the neighbour could not be started", failed);
    }
  }

  private static String neighbourClassPath() {
    return String.join(
        File.pathSeparator,
        Path.of("target", "test-classes").toString(),
        Path.of("target", "neighbour", "*").toString());
  }

  /** Returns the native libraries of nets that a process has mapped from elsewhere; Linux only. */
  private List<String> foreignLibraries(long process) throws IOException {
    Path maps = Path.of("/proc", Long.toString(process), "maps");
    if (!Files.isReadable(maps)) {
      return List.of();
    }
    String own = Installation.packaged().resolve("native").toRealPath() + File.separator;
    try (Stream<String> lines = Files.lines(maps)) {
      List<String> libraries =
          lines
              .filter(line -> line.matches(".*/lib(jni|nd4j|openblas|dnnl|gomp|gfortran)[^/]*"))
              .map(line -> line.substring(line.indexOf('/')))
              .distinct()
              .toList();
      assertThat(libraries).hasSizeGreaterThan(8);
      return libraries.stream().filter(file -> !file.startsWith(own)).toList();
    }
  }

  private void assertSameWeights(String one, String other) throws IOException {
    for (String file : List.of("weights.safetensors", "training.safetensors")) {
      assertThat(lastCheckpoint(one).resolve(file))
          .hasSameBinaryContentAs(lastCheckpoint(other).resolve(file));
    }
  }

  private Path lastCheckpoint(String run) throws IOException {
    try (Stream<Path> files = Files.list(roundel.work().resolve(run).resolve("checkpoints"))) {
      return files.max(Comparator.naturalOrder()).orElseThrow();
    }
  }
}
