package org.roundel.cli.spark;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.roundel.core.ErrorKind;
import org.roundel.core.shard.ClusterFailure;

/**
 * Executors of Spark that run commands of this program, each in a process of its own. Whoever
 * closes it tells commands that still run to stop, and waits for them. Used by one thread.
 */
public final class SparkCommands implements AutoCloseable {
  private final LazyConnection connection;
  private final int threads;
  private final Runnable ready;

  /**
   * A command that was run to its end.
   *
   * @param exitCode its exit code
   * @param out what it wrote, the end of it where that is much
   * @param err what it wrote as errors, likewise
   * @param executor who ran it
   */
  public record Ended(int exitCode, String out, String err, String executor) {}

  /** A command that an executor runs, or will. */
  public static final class Running {
    private final Future<List<String[]>> result;

    Running(Future<List<String[]>> result) {
      this.result = result;
    }

    /** Returns whether it has ended. */
    public boolean isDone() {
      return result.isDone();
    }

    /**
     * Waits for its end.
     *
     * @throws ClusterFailure if it could not be run to its end, tried again and again
     */
    public Ended end() {
      try {
        String[] said = result.get().get(0);
        return new Ended(Integer.parseInt(said[0]), said[1], said[2], said[3]);
      } catch (ExecutionException failed) {
        String message = String.valueOf(failed.getCause().getMessage());
        throw new ClusterFailure(
            ErrorKind.CONFIGURATION, message.lines().findFirst().orElse(""), failed);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new ClusterFailure(ErrorKind.CONFIGURATION, "waiting was cut short", interrupted);
      }
    }
  }

  /**
   * Makes one that nothing was asked of yet.
   *
   * @param spark connects; null where this process has no Spark
   * @param master Spark's name for where it runs
   * @param home where the program is installed
   * @param threads how many an executor has for a command
   * @param told what the user should know
   * @param ready called where there is an executor: from then on commands may have something to
   *     save
   * @throws org.roundel.core.RoundelException if this process has no Spark
   */
  public SparkCommands(
      @Nullable BiFunction<Map<String, String>, Consumer<String>, Object> spark,
      String master,
      @Nullable Path home,
      int threads,
      Consumer<String> told,
      Runnable ready) {
    this.connection = new LazyConnection(spark, master, home, told);
    this.threads = threads;
    this.ready = ready;
  }

  /**
   * Returns how many commands can run at the same time; waits for the first executor.
   *
   * @throws ClusterFailure if none comes
   */
  public int executors() {
    int executors = LazyConnection.executors(open());
    ready.run();
    return executors;
  }

  /**
   * Has a command run.
   *
   * @param arguments of the program
   * @throws ClusterFailure if there is no Spark to run it
   */
  @SuppressWarnings("unchecked")
  public Running start(List<String> arguments) {
    Object spark = open();
    String[] words = arguments.toArray(String[]::new);
    return new Running(
        LazyConnection.asking(
            () -> ((Function<String[], Future<List<String[]>>>) spark).apply(words)));
  }

  private Object open() {
    return connection.get("commands", threads);
  }

  @Override
  public void close() {
    connection.close();
  }
}
