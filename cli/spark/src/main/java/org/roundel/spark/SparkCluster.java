package org.roundel.spark;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A connection to Spark. Its three interfaces are how the program, which does not see this class,
 * has tasks computed: what all share and each one's bytes in, results out; how many executors there
 * are; the end. What is thrown is an {@link IllegalStateException} with a message for the user.
 *
 * <p>Used by one thread.
 */
final class SparkCluster
    implements BiFunction<byte[], byte[][], byte[][]>, IntSupplier, AutoCloseable {
  private final String master;
  private final String home;
  private final long patience;
  private final Executors executors;
  private final JavaSparkContext spark;

  /**
   * Connects.
   *
   * @param settings {@code master}, {@code home}: where the program is installed, {@code threads}:
   *     with how many a task is computed
   * @param told what the user should know
   */
  SparkCluster(Map<String, String> settings, Consumer<String> told) {
    master = settings.get("master");
    SparkConf conf = Settings.of(master, Integer.parseInt(settings.get("threads")));
    home = conf.get("spark.roundel.home", settings.get("home"));
    patience = conf.getTimeAsSeconds(Settings.PATIENCE);
    executors = new Executors(told);
    try (Context ours = new Context()) {
      spark = new JavaSparkContext(conf);
      spark.sc().addSparkListener(executors);
    } catch (Exception refused) {
      throw failed("Spark at " + master + " cannot be used: ", refused);
    }
  }

  @Override
  public int getAsInt() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(patience);
    while (count() == 0) {
      requireRunning();
      if (System.nanoTime() > end) {
        throw noExecutor();
      }
      pause();
    }
    return count();
  }

  /** Of those that came before they were listened for, Spark's own list tells; it has this one. */
  private int count() {
    return Math.max(executors.count(), spark.sc().statusTracker().getExecutorInfos().length - 1);
  }

  @Override
  public byte[][] apply(byte[] shared, byte[][] tasks) {
    requireRunning();
    try (Context ours = new Context()) {
      Broadcast<byte[]> everywhere = spark.broadcast(shared);
      try {
        List<byte[]> results =
            await(
                spark
                    .parallelize(Arrays.asList(tasks), tasks.length)
                    .map(new ShardTask(everywhere, home))
                    .collectAsync());
        return results.toArray(byte[][]::new);
      } finally {
        everywhere.destroy();
      }
    }
  }

  /** Waits for a job; as long as there is an executor, however slow it is. */
  private List<byte[]> await(JavaFutureAction<List<byte[]>> job) {
    long alone = 0;
    while (true) {
      try {
        return job.get(1, TimeUnit.SECONDS);
      } catch (TimeoutException notYet) {
        requireRunning();
        alone = count() == 0 ? alone + 1 : 0;
        if (alone > patience) {
          job.cancel(true);
          throw noExecutor();
        }
      } catch (ExecutionException failed) {
        throw failed("Spark at " + master + " could not compute an update: ", failed.getCause());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw failed("waiting for Spark at " + master + " was cut short: ", interrupted);
      }
    }
  }

  private IllegalStateException noExecutor() {
    return new IllegalStateException(
        "no executor of "
            + master
            + " came within "
            + patience
            + " s. See that it has workers with enough free cores and memory, or wait longer: "
            + Settings.PATIENCE);
  }

  private void requireRunning() {
    if (spark.sc().isStopped()) {
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
  private static IllegalStateException failed(String what, Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return new IllegalStateException(what + message.lines().findFirst().orElse(""), cause);
  }

  @Override
  public void close() {
    executors.closing();
    try (Context ours = new Context()) {
      spark.stop();
    }
  }

  /** The context class loader is Spark's while it is called: it looks for its own classes there. */
  private static final class Context implements AutoCloseable {
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    Context() {
      Thread.currentThread().setContextClassLoader(SparkCluster.class.getClassLoader());
    }

    @Override
    public void close() {
      Thread.currentThread().setContextClassLoader(before);
    }
  }
}
