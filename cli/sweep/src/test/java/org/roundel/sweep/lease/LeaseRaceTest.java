package org.roundel.sweep.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many want the same cells at the same time; each goes to one. */
class LeaseRaceTest {
  private static final Duration BEAT = Duration.ofSeconds(10);
  private static final int THREADS = 8;
  private static final int CELLS = 60;
  private static final List<String> NAMES =
      IntStream.range(0, CELLS).mapToObj(number -> "cell-" + number).toList();

  @TempDir Path directory;

  private static Leases leases(Path directory, AtomicLong clock) {
    Owner owner = new Owner("host", 1, "user", "", "", UUID.randomUUID().toString());
    return new Leases(directory, owner, BEAT, clock::get);
  }

  /** Lets all threads claim every cell, together, and returns what each got. */
  private static List<String> claimed(List<Leases> all) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(all.size());
    ExecutorService threads = Executors.newFixedThreadPool(all.size());
    try {
      List<Callable<List<String>>> tasks = new ArrayList<>();
      for (Leases leases : all) {
        tasks.add(
            () -> {
              List<String> got = new ArrayList<>();
              for (String name : NAMES) {
                barrier.await(60, TimeUnit.SECONDS);
                if (leases.claim(name) != null) {
                  got.add(name);
                }
              }
              return got;
            });
      }
      List<String> together = new ArrayList<>();
      for (Future<List<String>> each : threads.invokeAll(tasks)) {
        together.addAll(each.get());
      }
      return together;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void eachFreeCellGoesToOneThread() throws Exception {
    AtomicLong clock = new AtomicLong();
    List<Leases> all = IntStream.range(0, THREADS).mapToObj(i -> leases(directory, clock)).toList();
    assertThat(claimed(all)).containsExactlyInAnyOrderElementsOf(NAMES);
  }

  @Test
  void eachSilentOwnersCellGoesToOneOfAllThatWatched() throws Exception {
    AtomicLong clock = new AtomicLong();
    Leases silent = leases(directory, clock);
    NAMES.forEach(silent::claim);
    List<Leases> all = IntStream.range(0, THREADS).mapToObj(i -> leases(directory, clock)).toList();
    assertThat(claimed(all)).isEmpty();
    clock.addAndGet(BEAT.toNanos() * 9);
    assertThat(claimed(all)).containsExactlyInAnyOrderElementsOf(NAMES);
    assertThat(claimed(all)).as("the new owners have just begun").isEmpty();
  }

  @Test
  void eachCellGoesToOneOfTwoProcesses() throws Exception {
    List<Process> processes = new ArrayList<>();
    List<Path> outputs = new ArrayList<>();
    for (int number = 0; number < 2; number++) {
      Path output = directory.resolve("out-" + number);
      outputs.add(output);
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Claimer.class.getName(),
                  directory.resolve("leases").toString())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start());
    }
    List<String> together = new ArrayList<>();
    for (int number = 0; number < 2; number++) {
      assertThat(processes.get(number).waitFor(120, TimeUnit.SECONDS)).isTrue();
      List<String> lines = Files.readAllLines(outputs.get(number));
      assertThat(processes.get(number).exitValue()).as("%s", lines).isZero();
      together.addAll(lines);
    }
    assertThat(together).containsExactlyInAnyOrderElementsOf(NAMES);
  }

  /** A process that claims every cell it can have, and prints them. */
  static final class Claimer {
    private Claimer() {}

    /** Claims the cells below a directory, once the other process is there too. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
      Path directory = Path.of(arguments[0]);
      Leases leases = new Leases(directory, BEAT);
      meet(directory.resolveSibling("begin"));
      for (String name : NAMES) {
        if (leases.claim(name) != null) {
          System.out.println(name);
        }
      }
      // What belongs to one that has ended would be free again.
      meet(directory.resolveSibling("end"));
    }

    private static void meet(Path place) throws IOException, InterruptedException {
      Files.createTempFile(Files.createDirectories(place), "process", "");
      while (Objects.requireNonNull(place.toFile().list()).length < 2) {
        Thread.sleep(1);
      }
    }
  }
}
