package org.roundel.cli.spark;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.shard.ClusterFailure;

/**
 * A connection to Spark, from the first use on. Spark's classes are others than the program's, so
 * what is called are interfaces of the JDK. Used by one thread.
 */
final class LazyConnection implements AutoCloseable {
  private final BiFunction<Map<String, String>, Consumer<String>, Object> spark;
  private final String master;
  private final Path home;
  private final Consumer<String> told;
  private @Nullable Object open;

  /**
   * Makes one.
   *
   * @param spark connects; null where this process has no Spark
   * @param master Spark's name for where it runs
   * @param home where the program is installed
   * @param told what the user should know
   * @throws RoundelException if this process has no Spark
   */
  LazyConnection(
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

  /**
   * Returns the connection.
   *
   * @param runs what executors do: {@code shards} or {@code commands}
   * @param threads with how many each does it
   * @throws ClusterFailure if there is none to be had
   */
  Object get(String runs, int threads) {
    Object connected = open;
    if (connected == null) {
      Map<String, String> settings = new TreeMap<>();
      settings.put("master", master);
      settings.put("home", home.toAbsolutePath().toString());
      settings.put("runs", runs);
      settings.put("threads", Integer.toString(threads));
      connected = asking(() -> spark.apply(settings, told));
      open = connected;
    }
    return connected;
  }

  /** Returns how many executors there are; waits for the first one. */
  static int executors(Object connected) {
    return asking(((IntSupplier) connected)::getAsInt);
  }

  /** Asks for something, and tells of Spark's refusal as this program does. */
  static <T> T asking(Supplier<T> question) {
    try {
      return question.get();
    } catch (IllegalStateException failed) {
      throw new ClusterFailure(
          ErrorKind.CONFIGURATION, String.valueOf(failed.getMessage()), failed);
    }
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
