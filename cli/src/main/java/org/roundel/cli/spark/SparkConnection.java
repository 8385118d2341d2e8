package org.roundel.cli.spark;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.roundel.core.natives.ComputeThreads;
import org.roundel.core.shard.Cluster;

/** Executors of Spark as a cluster, from the first task on. Used by one thread. */
public final class SparkConnection implements Cluster, AutoCloseable {
  private final LazyConnection connection;

  /**
   * Makes one that nothing was asked of yet.
   *
   * @param spark connects; null where this process has no Spark
   * @param master Spark's name for where it runs
   * @param home where the program is installed
   * @param told what the user should know
   * @throws org.roundel.core.RoundelException if this process has no Spark
   */
  public SparkConnection(
      @Nullable BiFunction<Map<String, String>, Consumer<String>, Object> spark,
      String master,
      @Nullable Path home,
      Consumer<String> told) {
    connection = new LazyConnection(spark, master, home, told);
  }

  @Override
  public int workers() {
    return LazyConnection.executors(open());
  }

  @Override
  @SuppressWarnings("unchecked")
  public byte[][] run(byte[] shared, byte[][] tasks) {
    Object spark = open();
    return LazyConnection.asking(
        () -> ((BiFunction<byte[], byte[][], byte[][]>) spark).apply(shared, tasks));
  }

  private Object open() {
    return connection.get("shards", ComputeThreads.count());
  }

  @Override
  public void close() {
    connection.close();
  }
}
