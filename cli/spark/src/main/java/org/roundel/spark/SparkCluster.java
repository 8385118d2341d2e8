package org.roundel.spark;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.IntSupplier;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.broadcast.Broadcast;

/**
 * Executors that compute parts of batches. Its three interfaces are how the program, which does not
 * see this class, has tasks computed: what all share and each one's bytes in, results out; how many
 * executors there are; the end. What is thrown is an {@link IllegalStateException} with a message
 * for the user.
 *
 * <p>Used by one thread.
 */
final class SparkCluster
    implements BiFunction<byte[], byte[][], byte[][]>, IntSupplier, AutoCloseable {
  private final Connection connection;

  /** Makes one of a connection, which is closed with it. */
  SparkCluster(Connection connection) {
    this.connection = connection;
  }

  @Override
  public int getAsInt() {
    return connection.awaitExecutors();
  }

  @Override
  public byte[][] apply(byte[] shared, byte[][] tasks) {
    connection.requireRunning();
    try (Connection.Context ours = new Connection.Context()) {
      Broadcast<byte[]> everywhere = connection.spark().broadcast(shared);
      try {
        List<byte[]> results =
            await(
                connection
                    .spark()
                    .parallelize(Arrays.asList(tasks), tasks.length)
                    .map(new ShardTask(everywhere, connection.home()))
                    .collectAsync());
        return results.toArray(byte[][]::new);
      } finally {
        if (connection.isRunning()) {
          everywhere.destroy();
        }
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
        connection.requireRunning();
        alone = connection.executors() == 0 ? alone + 1 : 0;
        if (alone > connection.patience()) {
          job.cancel(true);
          throw connection.noExecutor();
        }
      } catch (ExecutionException failed) {
        throw Connection.failed(
            "Spark at " + connection.master() + " could not compute an update: ",
            failed.getCause());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw Connection.failed(
            "waiting for Spark at " + connection.master() + " was cut short: ", interrupted);
      }
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
