package org.roundel.spark;

/** Which Spark is here; in a class of its own, as there may be none. */
final class SparkVersion {
  private SparkVersion() {}

  static String found() {
    return org.apache.spark.package$.MODULE$.SPARK_VERSION();
  }
}
