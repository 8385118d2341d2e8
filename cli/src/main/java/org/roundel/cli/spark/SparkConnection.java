package org.roundel.cli.spark;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.natives.ComputeThreads;
import org.roundel.core.shard.Cluster;
import org.roundel.core.shard.ClusterFailure;

/**
 * Executors of Spark as a cluster, from the first task on. Spark's classes are others than the
 * program's, so what is called are interfaces of the JDK. Used by one thread.
 */
public final class SparkConnection implements Cluster, AutoCloseable {
  private final BiFunction<Map<String, String>, Consumer<String>, Object> spark;
  private final String master;
  private final Path home;
  private final Consumer<String> told;
  private @Nullable Object open;

  /**
   * Makes one that nothing was asked of yet.
   *
   * @param spark connects; null where this process has no Spark
   * @param master Spark's name for where it runs
   * @param home where the program is installed
   * @param told what the user should know
   * @throws RoundelException if this process has no Spark
   */
  public SparkConnection(
      @Nullable BiFunction<Map<String, String>, Consumer<String>, Object> spark,
      String master,
      @Nullable Path home,
      Consumer<String> told) {
    if (spark == null) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "--master needs Spark: set SPARK_HOME to where it is installed and start bin/roundel, or"
              + " start Roundel with spark-submit");
    }
    this.spark = spark;
    this.master = master;
    this.home = Objects.requireNonNull(home);
    this.told = told;
  }

  @Override
  public int workers() {
    Object spark = open();
    try {
      return ((IntSupplier) spark).getAsInt();
    } catch (IllegalStateException failed) {
      throw failure(failed);
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public byte[][] run(byte[] shared, byte[][] tasks) {
    Object spark = open();
    try {
      return ((BiFunction<byte[], byte[][], byte[][]>) spark).apply(shared, tasks);
    } catch (IllegalStateException failed) {
      throw failure(failed);
    }
  }

  private Object open() {
    Object connected = open;
    if (connected == null) {
      Map<String, String> settings =
          Map.of(
              "master",
              master,
              "home",
              home.toAbsolutePath().toString(),
              "threads",
              Integer.toString(ComputeThreads.count()));
      try {
        connected = spark.apply(settings, told);
      } catch (IllegalStateException failed) {
        throw failure(failed);
      }
      open = connected;
    }
    return connected;
  }

  private static ClusterFailure failure(IllegalStateException failed) {
    return new ClusterFailure(ErrorKind.CONFIGURATION, String.valueOf(failed.getMessage()), failed);
  }

  @Override
  public void close() {
    if (open instanceof AutoCloseable connected) {
      try {
        connected.close();
      } catch (Exception late) {
        told.accept("Spark did not end as it should: " + late.getMessage());
      }
    }
    open = null;
  }
}
