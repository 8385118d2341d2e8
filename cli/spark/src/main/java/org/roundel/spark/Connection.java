package org.roundel.spark;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A connection to Spark. What is thrown is an {@link IllegalStateException} with a message for the
 * user. Used by one thread.
 */
final class Connection implements AutoCloseable {
  private final String master;
  private final String home;
  private final long patience;
  private final Losses losses;
  private final JavaSparkContext spark;

  /**
   * Connects.
   *
   * @param settings {@code master}, {@code home}: where the program is installed, {@code threads}:
   *     with how many a task is computed
   * @param told what the user should know
   */
  Connection(Map<String, String> settings, Consumer<String> told) {
    master = settings.get("master");
    SparkConf conf = Settings.of(master, Integer.parseInt(settings.get("threads")));
    home = conf.get("spark.roundel.home", settings.get("home"));
    losses = new Losses(told);
    try (Context ours = new Context()) {
      patience = conf.getTimeAsSeconds(Settings.PATIENCE);
      spark = new JavaSparkContext(conf);
      spark.sc().addSparkListener(losses);
    } catch (Exception refused) {
      throw failed("Spark at " + master + " cannot be used: ", refused);
    }
  }

  /** Returns where the program is installed on the executors' machines. */
  String home() {
    return home;
  }

  /** Returns what jobs are given to, with Spark's context class loader in place. */
  JavaSparkContext spark() {
    return spark;
  }

  /** Returns Spark's name for where it runs. */
  String master() {
    return master;
  }

  /** Returns for how many seconds executors are waited for. */
  long patience() {
    return patience;
  }

  /** Waits for an executor, and returns how many there are. */
  int awaitExecutors() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(patience);
    requireRunning();
    int count = executors();
    while (count == 0) {
      requireRunning();
      if (System.nanoTime() > end) {
        throw noExecutor();
      }
      pause();
      count = executors();
    }
    return count;
  }

  /** Returns how many executors there are; Spark's own list has this process too. */
  int executors() {
    return Math.max(0, spark.sc().statusTracker().getExecutorInfos().length - 1);
  }

  /** Waits until no task runs, for as long as executors are waited for. */
  void awaitTasks() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(patience);
    while (isRunning() && isBusy() && System.nanoTime() < end) {
      pause();
    }
  }

  private boolean isBusy() {
    for (SparkExecutorInfo executor : spark.sc().statusTracker().getExecutorInfos()) {
      if (executor.numRunningTasks() > 0) {
        return true;
      }
    }
    return false;
  }

  IllegalStateException noExecutor() {
    return new IllegalStateException(
        "no executor of "
            + master
            + " came within "
            + patience
            + " s. See that it has workers with enough free cores and memory, or wait longer: "
            + Settings.PATIENCE);
  }

  /** Returns whether Spark can still be asked for something; it throws at whoever does after. */
  boolean isRunning() {
    return !spark.sc().isStopped();
  }

  void requireRunning() {
    if (!isRunning()) {
      throw new IllegalStateException(
          "Spark at " + master + " does not answer, or has ended this program's application there");
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }

  /** Spark's messages go on with a trace of the executor's stack. */
  static IllegalStateException failed(String what, Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return new IllegalStateException(what + message.lines().findFirst().orElse(""), cause);
  }

  @Override
  public void close() {
    losses.closing();
    try (Context ours = new Context()) {
      spark.stop();
    }
  }

  /** The context class loader is Spark's while it is called: it looks for its own classes there. */
  static final class Context implements AutoCloseable {
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    Context() {
      Thread.currentThread().setContextClassLoader(Connection.class.getClassLoader());
    }

    @Override
    public void close() {
      Thread.currentThread().setContextClassLoader(before);
    }
  }
}
