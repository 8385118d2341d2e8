package org.roundel.spark;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.apache.spark.api.java.JavaFutureAction;

/**
 * Executors that run commands of the program, each command in a process of its own. Its interfaces
 * are how the program has them run: the command's arguments in, a {@link Future} of what {@link
 * ProcessTask} returns out; how many executors there are, each of which runs one at a time; the
 * end, with which commands that still run are told to stop. What is thrown is an {@link
 * IllegalStateException} with a message for the user, and an {@link ExecutionException} by a future
 * whose command could not be run to its end.
 *
 * <p>Used by one thread.
 */
final class SparkProcesses
    implements Function<String[], Future<List<String[]>>>, IntSupplier, AutoCloseable {
  private static final String GROUP = "roundel";

  private final Connection connection;

  /** Makes one of a connection, which is closed with it. */
  SparkProcesses(Connection connection) {
    this.connection = connection;
  }

  @Override
  public int getAsInt() {
    return connection.awaitExecutors();
  }

  @Override
  public JavaFutureAction<List<String[]>> apply(String[] arguments) {
    connection.requireRunning();
    try (Connection.Context ours = new Connection.Context()) {
      // A task that is cancelled is interrupted, which its process hears of.
      connection.spark().setJobGroup(GROUP, GROUP, true);
      return connection
          .spark()
          .parallelize(List.<String[]>of(arguments), 1)
          .map(new ProcessTask(connection.home()))
          .collectAsync();
    }
  }

  @Override
  public void close() {
    if (connection.isRunning()) {
      try (Connection.Context ours = new Connection.Context()) {
        connection.spark().cancelJobGroup(GROUP);
      }
    }
    connection.awaitTasks();
    connection.close();
  }
}
