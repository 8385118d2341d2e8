package org.roundel.cli.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.roundel.cli.Installation;
import org.roundel.cli.Outcome;
import org.roundel.cli.OwnInstallation;

/**
 * The packaged program trains for long, with evaluations, checkpoints, scrapes once a second and a
 * page that is open, and needs in the end what it needed at the beginning.
 *
 * <p>The time is cut into ten parts. From the fourth, when everything has been compiled and
 * allocated once, to the tenth, what is alive in the heap, resident memory, descriptors and threads
 * may not grow but by what is said here. How fast it trains is printed, and judged by people:
 * images, which neighbours on the machine make fewer, and the processor's time for one.
 *
 * <p>{@code -Droundel.soak.minutes=45} is the long form.
 */
@Tag("thorough")
class SoakIT extends OwnInstallation {
  private static final double MINUTES =
      Double.parseDouble(System.getProperty("roundel.soak.minutes", "1"));

  private static final int PARTS = 10;
  private static final int FIRST = 3;
  private static final long MEBIBYTE = 1 << 20;

  /** The page keeps a point of each curve for an epoch, so something is added for each of them. */
  private static final double HEAP_GROWTH = 8 * MEBIBYTE;

  /** Arenas of the compiler, which a slow machine keeps busy for a minute, and of malloc. */
  private static final double RESIDENT_GROWTH = 64 * MEBIBYTE;

  /** The JVM adds threads that compile, and lets them go again. */
  private static final int MORE_THREADS = 3;

  private static final int MORE_DESCRIPTORS = 2;

  private static final Pattern HEAP =
      Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\".*} (\\S+)$");
  private static final Pattern IMAGES = Pattern.compile("(?m)^roundel_images_total (\\S+)$");

  /** What was found in one second. */
  private record Sample(
      double heap,
      double resident,
      int descriptors,
      int threads,
      double images,
      Duration processorTime) {}

  /** What was found in a tenth of the time. */
  private record Part(
      double heap,
      double mostResident,
      int descriptors,
      int threads,
      double images,
      Duration processorTime) {}

  @Test
  void longRunsNeedNoMoreThanShortOnes() throws Exception {
    roundel.optimize();
    List<String> arguments = new ArrayList<>(List.of("train", "--metrics-port=0", "--run-dir=run"));
    for (String argument : Installation.TINY_RUN) {
      arguments.add(argument.replace("train-size=96", "train-size=2048"));
    }
    arguments.add("--set=epochs=99999");
    Installation.Running run =
        roundel.start(arguments, "-Xms160m -Xmx160m -XX:+AlwaysPreTouch -XX:+UseSerialGC");
    URI metrics = URI.create(run.awaitLine("http://").replaceFirst(".*http", "http"));
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Long> page = CompletableFuture.supplyAsync(() -> watchPage(metrics, over));
    List<Part> parts = new ArrayList<>();
    try {
      run.awaitLine("1/99999");
      for (int part = 0; part < PARTS; part++) {
        parts.add(part(run.process(), metrics));
      }
    } finally {
      over.set(true);
      run.signal("INT");
    }
    Outcome ended = run.end();
    assertThat(ended.exitCode()).as("%s", ended).isEqualTo(130);
    assertThat(page.join()).as("bytes that the page has received").isPositive();
    print(parts);
    Part first = parts.get(FIRST);
    Part last = parts.get(PARTS - 1);
    assertThat(last.heap()).isLessThan(first.heap() + HEAP_GROWTH);
    assertThat(last.mostResident()).isLessThan(first.mostResident() + RESIDENT_GROWTH);
    assertThat(last.descriptors()).isLessThanOrEqualTo(first.descriptors() + MORE_DESCRIPTORS);
    assertThat(last.threads()).isLessThanOrEqualTo(first.threads() + MORE_THREADS);
  }

  private static Part part(Process process, URI metrics) throws Exception {
    long end = System.nanoTime() + (long) (MINUTES * 60e9 / PARTS);
    List<Sample> samples = new ArrayList<>();
    while (System.nanoTime() < end) {
      assertThat(process.waitFor(1, TimeUnit.SECONDS)).as("the run has ended").isFalse();
      samples.add(sample(process, metrics));
    }
    collectGarbage(process);
    Sample first = samples.get(0);
    Sample last = samples.get(samples.size() - 1);
    return new Part(
        sample(process, metrics).heap(),
        samples.stream().mapToDouble(Sample::resident).max().orElseThrow(),
        samples.stream().mapToInt(Sample::descriptors).min().orElseThrow(),
        samples.stream().mapToInt(Sample::threads).min().orElseThrow(),
        last.images() - first.images(),
        last.processorTime().minus(first.processorTime()));
  }

  /** A heap this size may otherwise not be collected for minutes. */
  private static void collectGarbage(Process process) throws Exception {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process collecting =
        new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(collecting.waitFor()).isZero();
  }

  private static Sample sample(Process process, URI metrics) throws IOException {
    String text;
    try (InputStream in = metrics.toURL().openStream()) {
      text = new String(in.readAllBytes(), UTF_8);
    }
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    String status = Files.readString(proc.resolve("status"));
    try (Stream<Path> descriptors = Files.list(proc.resolve("fd"))) {
      return new Sample(
          sum(HEAP, text),
          sum(Pattern.compile("VmRSS:\\s+(\\d+)"), status) * 1024,
          (int) descriptors.count(),
          (int) sum(Pattern.compile("Threads:\\s+(\\d+)"), status),
          sum(IMAGES, text),
          process.info().totalCpuDuration().orElseThrow());
    }
  }

  private static double sum(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    double sum = 0;
    while (matcher.find()) {
      sum += Double.parseDouble(matcher.group(1));
    }
    return sum;
  }

  /** Reads the page's stream of events, again and again as a browser does; returns its length. */
  private static long watchPage(URI metrics, AtomicBoolean over) {
    long received = 0;
    while (!over.get()) {
      try (InputStream events = metrics.resolve("/api/events").toURL().openStream()) {
        received += events.transferTo(OutputStream.nullOutputStream());
      } catch (IOException ended) {
        // The run has ended in the midst of it.
      }
    }
    return received;
  }

  private static void print(List<Part> parts) {
    StringBuilder table =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "SoakIT, %.1f minutes in %d parts%n%s%n",
                MINUTES,
                PARTS,
                "  part  live heap MB  resident MB  descriptors  threads  images  processor µs an image"));
    for (int part = 0; part < parts.size(); part++) {
      Part found = parts.get(part);
      table.append(
          String.format(
              Locale.ROOT,
              "  %4d  %12.1f  %11.1f  %11d  %7d  %,6.0f  %21.0f%n",
              part + 1,
              found.heap() / MEBIBYTE,
              found.mostResident() / MEBIBYTE,
              found.descriptors(),
              found.threads(),
              found.images(),
              found.processorTime().toNanos() / 1e3 / found.images()));
    }
    System.out.print(table);
  }
}
