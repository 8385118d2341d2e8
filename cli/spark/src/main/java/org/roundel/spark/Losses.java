package org.roundel.spark;

import java.util.function.Consumer;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/** Tells of executors that are lost: whenever they came, Spark says so of those that were there. */
final class Losses extends SparkListener {
  private final Consumer<String> told;
  private volatile boolean closing;

  Losses(Consumer<String> told) {
    this.told = told;
  }

  /** Says that those which go from now on go because they are told to. */
  void closing() {
    closing = true;
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
    if (!closing) {
      told.accept(
          "executor "
              + event.executorId()
              + " is lost ("
              + event.reason().lines().findFirst().orElse("")
              + "); what it had is computed again");
    }
  }
}
