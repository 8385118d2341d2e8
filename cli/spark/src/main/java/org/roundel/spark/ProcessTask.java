package org.roundel.spark;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.function.Function;

/**
 * Runs a command of the program in a process of its own, beside an executor. The process has its
 * standard input from the executor, by whose end it hears of the executor's.
 *
 * <p>The result is the exit code, what was written to standard output and to standard error, the
 * last of it where that is much, and the name of the executor. A process that was ended by a signal
 * is a failure, so that Spark runs the command again.
 */
final class ProcessTask implements Function<String[], String[]> {
  private static final long serialVersionUID = 1L;

  private static final int SIGNALLED = 128;
  private static final int KILL = 9;
  private static final int MOST_BYTES = 1 << 14;
  private static final String OPTIONS = "ROUNDEL_OPTS";

  /** As the program's own, where the configuration is at fault. */
  private static final int CONFIGURATION = 3;

  private final String home;

  /**
   * Makes one.
   *
   * @param home where the program is installed on the executors' machines
   */
  ProcessTask(String home) {
    this.home = home;
  }

  @Override
  public String[] call(String[] arguments) throws Exception {
    String name = "executor " + ShardTask.executor();
    Path out = Files.createTempFile("roundel-", ".out");
    Path err = Files.createTempFile("roundel-", ".err");
    try {
      int code = run(arguments, out, err);
      if (code > SIGNALLED) {
        throw new IllegalStateException(
            name + ": the process was ended by " + signal(code - SIGNALLED) + ' ' + end(err));
      }
      return new String[] {Integer.toString(code), end(out), end(err), name};
    } catch (IOException refused) {
      return new String[] {Integer.toString(CONFIGURATION), "", refused.getMessage(), name};
    } finally {
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    }
  }

  private static String signal(int number) {
    return "signal " + number + (number == KILL ? ", as where a system has no memory left" : "");
  }

  private int run(String[] arguments, Path out, Path err) throws IOException, InterruptedException {
    Path program = Installation.in(Path.of(home)).home().resolve("bin").resolve("roundel");
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    // What does not say how many threads it wants has the executor's cores, not the machine's.
    String cores = "-XX:ActiveProcessorCount=" + SparkEnv.get().conf().get("spark.task.cpus");
    environment.merge(OPTIONS, cores, (given, own) -> own + " " + given);
    Process process = builder.start();
    try {
      return process.waitFor();
    } catch (InterruptedException cancelled) {
      process.destroy();
      awaitEnd(process);
      throw cancelled;
    } finally {
      process.getOutputStream().close();
    }
  }

  /** A process that is told to stop keeps what it has first. */
  private static void awaitEnd(Process process) {
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException again) {
        // It has been told.
      }
    }
  }

  private static String end(Path file) throws IOException {
    try (RandomAccessFile text = new RandomAccessFile(file.toFile(), "r")) {
      byte[] bytes = new byte[(int) Math.min(text.length(), MOST_BYTES)];
      text.seek(text.length() - bytes.length);
      text.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
