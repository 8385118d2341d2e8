package org.roundel.spark;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/** The executors that are there; tells of those that are lost. */
final class Executors extends SparkListener {
  private final Set<String> present = ConcurrentHashMap.newKeySet();
  private final Consumer<String> told;
  private volatile boolean closing;

  Executors(Consumer<String> told) {
    this.told = told;
  }

  int count() {
    return present.size();
  }

  /** Says that those which go from now on go because they are told to. */
  void closing() {
    closing = true;
  }

  @Override
  public void onExecutorAdded(SparkListenerExecutorAdded event) {
    present.add(event.executorId());
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
    if (present.remove(event.executorId()) && !closing) {
      told.accept(
          "executor "
              + event.executorId()
              + " is lost ("
              + event.reason().lines().findFirst().orElse("")
              + "); what it had is computed again");
    }
  }
}
