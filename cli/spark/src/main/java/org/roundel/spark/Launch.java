package org.roundel.spark;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Starts Roundel in a JVM that has Spark's classes: {@code bin/roundel} does so where {@code
 * --master} is given, and {@code spark-submit}. The program gets what opens a cluster.
 */
public final class Launch {
  /** What this was compiled against, but for the last number. */
  private static final String VERSION = "4.2.";

  private static final int CONFIGURATION = 3;

  private Launch() {}

  /** Runs the command that the arguments describe, and leaves the JVM with its exit code. */
  public static void main(String[] arguments) throws Throwable {
    Installation installation;
    try {
      requireSpark();
      installation = Installation.in(home());
    } catch (IOException refused) {
      System.err.println("roundel: " + refused.getMessage());
      System.exit(CONFIGURATION);
      return;
    }
    installation.setProperties();
    ClassLoader program = installation.classLoader();
    BiFunction<Map<String, String>, Consumer<String>, Object> spark = Launch::connect;
    Thread.currentThread().setContextClassLoader(program);
    try {
      program
          .loadClass("org.roundel.cli.Main")
          .getMethod("mainOnSpark", String[].class, BiFunction.class)
          .invoke(null, withMaster(arguments), spark);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  /** Connects; {@code runs} says what executors do, all else is {@link Connection}'s. */
  private static Object connect(Map<String, String> settings, Consumer<String> told) {
    boolean commands = settings.getOrDefault("runs", "").equals("commands");
    Connection connection = new Connection(settings, told);
    return commands ? new SparkProcesses(connection) : new SparkCluster(connection);
  }

  private static void requireSpark() throws IOException {
    String found;
    try {
      found = SparkVersion.found();
    } catch (LinkageError missing) {
      throw new IOException(
          "Spark "
              + VERSION
              + "x is needed, and its classes are not here; start it with"
              + " spark-submit, or set SPARK_HOME and start bin/roundel",
          missing);
    }
    if (!found.startsWith(VERSION)) {
      throw new IOException(
          "Spark " + VERSION + "x is needed; found " + found + ". Set SPARK_HOME to that version");
    }
  }

  /** Returns the directory above that of this JAR, unless somebody has said where Roundel is. */
  private static Path home() throws IOException {
    String said = System.getProperty("roundel.home", System.getProperty("spark.roundel.home"));
    if (said != null) {
      return Path.of(said);
    }
    try {
      Path jar = Path.of(Launch.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return jar.resolve("../..").normalize();
    } catch (URISyntaxException strange) {
      throw new IOException("where this JAR lies cannot be told: " + strange.getMessage(), strange);
    }
  }

  /** With spark-submit it is an option of that. */
  private static String[] withMaster(String[] arguments) {
    String master = System.getProperty("spark.master");
    List<String> words = new ArrayList<>(Arrays.asList(arguments));
    boolean given = words.stream().anyMatch(word -> word.matches("--master(=.*)?"));
    if (master != null && !given && !words.isEmpty()) {
      words.add(1, "--master=" + master);
    }
    return words.toArray(String[]::new);
  }
}
