package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A copy of the packaged distribution in a directory of its own, run as a user runs it.
 *
 * <p>The libraries are linked, the plugins are copied, so a test may change them. One thread for
 * ND4J: the nets here are tiny, and the machine may have other work.
 */
public final class Installation {
  /** A run that takes seconds: three epochs of 24 updates. */
  public static final List<String> TINY_RUN =
      List.of(
          "--model=resnet-8",
          "--dataset=synthetic",
          "--batch-size=4",
          "--epochs=3",
          "--schedule=constant",
          "--set=dataset.train-size=96",
          "--set=dataset.test-size=16",
          "--set=dataset.channels=1",
          "--set=dataset.height=8",
          "--set=dataset.width=8",
          "--set=dataset.classes=2");

  private static final List<String> LINKED = List.of("lib", "maven", "native", "spark");
  private static final long LONGEST_RUN_SECONDS = 240;

  private final Path home;
  private final Path work;
  private final List<Process> started = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private boolean optimized;

  private Installation(Path home, Path work) {
    this.home = home;
    this.work = work;
  }

  /** Returns the packaged distribution itself. */
  public static Path packaged() {
    String directory = System.getProperty("roundel.distribution");
    assertThat(directory).as("system property roundel.distribution").isNotNull();
    Path distribution = Path.of(directory);
    assertThat(distribution.resolve("bin")).isDirectory();
    return distribution;
  }

  /** Installs into a directory; commands run in its {@code work}. */
  public static Installation in(Path directory) throws IOException {
    Path home = Files.createDirectory(directory.resolve("installation"));
    for (String part : List.of("bin", "conf", "plugins")) {
      copy(packaged().resolve(part), home.resolve(part));
    }
    for (String part : LINKED) {
      Files.createSymbolicLink(home.resolve(part), packaged().resolve(part).toAbsolutePath());
    }
    return new Installation(home, Files.createDirectory(directory.resolve("work")));
  }

  /** Copies a directory with all that is in it. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  /** Lets Java's optimizing compiler work from now on, without which it computes in no vectors. */
  public void optimize() {
    optimized = true;
  }

  /** Sets a variable for the commands that are started from now on. */
  public void setVariable(String name, String value) {
    environment.put(name, value);
  }

  /** Returns where it is installed. */
  public Path home() {
    return home;
  }

  /** Returns where the plugins are. */
  public Path plugins() {
    return home.resolve("plugins");
  }

  /** Returns where commands run. */
  public Path work() {
    return work;
  }

  /** Runs a command to its end. */
  public Outcome run(String... arguments) throws IOException, InterruptedException {
    return start(List.of(arguments), "").end();
  }

  /** Runs {@code roundel train} with {@link #TINY_RUN} and more. */
  public Outcome train(String... more) throws IOException, InterruptedException {
    return startTraining(more).end();
  }

  /**
   * Runs a command in this JVM, a fifth of the work, where the promise is not of a process. Files
   * need whole paths: {@link #work} is no working directory here.
   */
  public Outcome runHere(String... arguments) {
    return InProcess.installedIn(home).run(arguments);
  }

  /** Runs {@code roundel train} in this JVM with {@link #TINY_RUN} and more. */
  public Outcome trainHere(String... more) {
    return runHere(training(more).toArray(String[]::new));
  }

  private static List<String> training(String... more) {
    List<String> arguments = new ArrayList<>(List.of("train"));
    arguments.addAll(TINY_RUN);
    arguments.addAll(List.of(more));
    return arguments;
  }

  /** Starts {@code roundel train} with {@link #TINY_RUN} and more. */
  public Running startTraining(String... more) throws IOException {
    return start(training(more), "");
  }

  /** Starts a command with options for its JVM. */
  public Running start(List<String> arguments, String javaOptions) throws IOException {
    List<String> command = new ArrayList<>();
    if (ignoresSignals()) {
      command.addAll(List.of("env", "--default-signal=INT,HUP"));
    }
    command.add(home.resolve("bin").resolve("roundel").toString());
    command.addAll(arguments);
    Path out = Files.createTempFile(work.getParent(), "out-", ".txt");
    Path err = Files.createTempFile(work.getParent(), "err-", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    if (optimized) {
      builder.environment().remove("ROUNDEL_OPTS");
    }
    builder.environment().merge("ROUNDEL_OPTS", javaOptions, (all, own) -> all + " " + own);
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().putAll(environment);
    Process process = builder.start();
    started.add(process);
    return new Running(process, out, err);
  }

  /** Ends what still runs, and takes the links away that lead out of the directory. */
  public void remove() throws IOException, InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
    try (Stream<Path> files = Files.walk(home)) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  /**
   * Whether this JVM was started with SIGINT ignored, as a shell does in the background, or SIGHUP,
   * as by nohup. A child would inherit that and rightly ignore the signal that a test sends it.
   */
  private static boolean ignoresSignals() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return false;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("SigIgn:")) {
        // Bit n - 1 is signal n; SIGHUP is 1, SIGINT 2.
        return (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 0b11) != 0;
      }
    }
    return false;
  }

  /** A command that was started. */
  public record Running(Process process, Path out, Path err) {
    /** Waits until the command has printed a line that contains a text, and returns that line. */
    public String awaitLine(String text) throws IOException, InterruptedException {
      return awaitLine(out, text);
    }

    /** Waits until the command has printed such a line as an error, and returns that line. */
    public String awaitErrorLine(String text) throws IOException, InterruptedException {
      return awaitLine(err, text);
    }

    private String awaitLine(Path file, String text) throws IOException, InterruptedException {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_RUN_SECONDS);
      while (true) {
        boolean ended = !process.isAlive();
        for (String line : Files.readString(file).lines().toList()) {
          if (line.contains(text)) {
            return line;
          }
        }
        if (ended || System.nanoTime() > deadline) {
          process.destroyForcibly();
          throw new AssertionError("ended without '" + text + "': " + end());
        }
        // Waits for the file to change; the end of the process is noticed at once.
        process.waitFor(20, TimeUnit.MILLISECONDS);
      }
    }

    /** Sends a signal, as in {@code INT}. */
    public void signal(String name) throws IOException, InterruptedException {
      // The script has become Java by exec, so this is Java's process.
      Process kill =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
      assertThat(kill.waitFor()).isZero();
    }

    /** Waits for the end. */
    public Outcome end() throws IOException, InterruptedException {
      if (!process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running: " + Files.readString(out) + Files.readString(err));
      }
      return new Outcome(
          process.exitValue(),
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    }
  }
}
