package org.roundel.spark;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/** Spark's settings for a run, where the user has not said otherwise by its own. */
final class Settings {
  /** How long to wait for executors; Spark's own setting for that. */
  static final String PATIENCE = "spark.scheduler.maxRegisteredResourcesWaitingTime";

  private static final Pattern LOCAL_CLUSTER =
      Pattern.compile("local-cluster\\[\\s*(\\d+)\\s*,\\s*(\\d{1,9})\\s*,\\s*\\d+\\s*]");

  private static final List<String> HANDED_ON = List.of("ONEDNN_MAX_CPU_ISA", "OPENBLAS_CORETYPE");

  private static final String OPTIONS = "ROUNDEL_OPTS";

  private static final String KUBERNETES =
      "org.apache.spark.scheduler.cluster.k8s.KubernetesClusterManager";

  private static final String VECTORS = "jdk.incubator.vector";

  private Settings() {}

  /**
   * Returns them.
   *
   * @param threads with how many an executor computes: it has as many cores, and one task at a time
   * @throws IllegalStateException if there could be no executor
   */
  static SparkConf of(String master, int threads) {
    if (master.matches("local(\\[.*])?")) {
      throw new IllegalStateException(
          "--master "
              + master
              + " is this process itself; leave it out, or give local-cluster[2,1,1024] for two"
              + " executors on this machine");
    }
    if (master.startsWith("k8s://") && !isThere(KUBERNETES)) {
      throw new IllegalStateException(
          "--master "
              + master
              + " needs Spark's part for Kubernetes, and this Spark has none: there is no"
              + " spark-kubernetes_2.13 in its jars/. Spark's own distribution has it");
    }
    Matcher local = LOCAL_CLUSTER.matcher(master);
    if (local.matches() && local.group(1).matches("0+")) {
      throw new IllegalStateException(
          "--master "
              + master
              + " has no executor, so nothing would ever be computed; give one or more, as in"
              + " local-cluster[2,1,1024]");
    }
    if (local.matches() && Integer.parseInt(local.group(2)) < threads) {
      throw new IllegalStateException(
          "the executors of --master "
              + master
              + " have "
              + local.group(2)
              + " cores each, and threads is "
              + threads
              + "; give as many cores, or fewer threads");
    }
    SparkConf conf = new SparkConf();
    conf.setMaster(master);
    conf.setIfMissing("spark.app.name", "roundel");
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.executor.cores", Integer.toString(threads));
    conf.set("spark.task.cpus", conf.get("spark.executor.cores"));
    // Gradients are as large as they are; how many blocks of them come is known.
    conf.setIfMissing("spark.driver.maxResultSize", "0");
    conf.setIfMissing(PATIENCE, "120s");
    conf.setIfMissing("spark.jars", jar());
    String vectors =
        ModuleLayer.boot().findModule(VECTORS).isPresent()
            ? "--add-modules=" + VECTORS + " -Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0 "
            : "";
    String options = "spark.executor.extraJavaOptions";
    conf.set(options, compiler() + vectors + conf.get(options, ""));
    conf.setIfMissing("spark.executorEnv.OMP_WAIT_POLICY", "passive");
    conf.setIfMissing("spark.executorEnv.OMP_NUM_THREADS", Integer.toString(threads));
    conf.setIfMissing("spark.executorEnv." + OPTIONS, options());
    for (String variable : HANDED_ON) {
      String value = System.getenv(variable);
      if (value != null) {
        conf.setIfMissing("spark.executorEnv." + variable, value);
      }
    }
    return conf;
  }

  /**
   * Executors have this JVM's compiler: without the optimizing one the net has no kernels in Java,
   * and so other bytes. Spark gives them the module of vectors whatever this JVM has.
   */
  private static String compiler() {
    String mode = System.getProperty("java.vm.info", "");
    if (mode.contains("interpreted")) {
      return "-Xint ";
    }
    return mode.contains("emulated-client") ? "-XX:TieredStopAtLevel=1 " : "";
  }

  /** Commands that executors run have this process's options for Java, but for Spark's. */
  private static String options() {
    String given = System.getenv().getOrDefault(OPTIONS, "");
    return Stream.of(given.split("\\s+"))
        .filter(word -> !word.startsWith("-Dspark."))
        .collect(Collectors.joining(" "));
  }

  private static boolean isThere(String name) {
    try {
      Class.forName(name, false, Settings.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException missing) {
      return false;
    }
  }

  private static String jar() {
    return Settings.class.getProtectionDomain().getCodeSource().getLocation().toString();
  }
}
