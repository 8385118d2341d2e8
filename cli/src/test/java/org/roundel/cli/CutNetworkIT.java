package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A run on a cluster of Spark's own, one of whose workers is behind a network that is cut in the
 * midst of an update: a network namespace of Linux, with a link to this one.
 */
@Tag("thorough")
class CutNetworkIT extends OnSpark {
  /** How soon Spark takes silence for a loss; 120 s by itself. */
  private static final String IMPATIENT =
      "-Dspark.network.timeout=10s -Dspark.executor.heartbeatInterval=2s"
          + " -Dspark.network.timeoutInterval=2s";

  private OtherHost other;

  @BeforeEach
  void join() throws Exception {
    other = OtherHost.join();
    roundel.setVariable("SPARK_LOCAL_IP", other.here());
  }

  @AfterEach
  void part() throws Exception {
    if (other != null) {
      other.close();
    }
  }

  @Test
  @Timeout(300)
  void anotherExecutorTakesOverToTheSameBytes() throws Exception {
    train("alone", 60);
    try (StandaloneSpark cluster = new StandaloneSpark(directory.resolve("spark"), other.here())) {
      cluster.addWorker();
      Process behind = addWorkerBehind(cluster);
      // With both of them from the first update on.
      Installation.Running run =
          startOn(cluster, "-Dspark.cores.max=2 -Dspark.scheduler.minRegisteredResourcesRatio=1");
      run.awaitLine(" 2/60 ");
      cutInTheMidstOfAnUpdate(behind);
      Outcome outcome = run.end();

      assertThat(outcome.exitCode()).as("%s", outcome).isZero();
      assertThat(outcome.err())
          .containsPattern("^roundel: warning: executor \\d is lost \\(.*\\); what it had is");
      assertSameNet(180, "alone", "shared");
    }
  }

  @Test
  @Timeout(300)
  void cutOffFromAllTheRunStopsAndGoesOnToTheSameBytes() throws Exception {
    train("alone", 60);
    try (StandaloneSpark cluster = new StandaloneSpark(directory.resolve("spark"), other.here())) {
      Process behind = addWorkerBehind(cluster);
      Installation.Running run =
          startOn(cluster, "-Dspark.scheduler.maxRegisteredResourcesWaitingTime=30s");
      run.awaitLine(" 2/60 ");
      cutInTheMidstOfAnUpdate(behind);
      Outcome stopped = run.end();

      assertThat(stopped.exitCode()).as("%s", stopped).isEqualTo(3);
      assertThat(stopped.err())
          .contains("roundel: no executor of " + cluster.url() + " came within 30 s. ")
          .doesNotContain("\tat ");
      other.plugIn();
      Outcome resumed =
          roundel.start(List.of("resume", "shared", "--master=" + cluster.url()), "").end();
      assertThat(resumed.exitCode()).as("%s", resumed).isZero();
      assertSameNet(180, "alone", "shared");
    }
  }

  private Process addWorkerBehind(StandaloneSpark cluster) throws Exception {
    return cluster.addWorker(other.there(), other.command());
  }

  private Installation.Running startOn(StandaloneSpark cluster, String settings)
      throws IOException {
    List<String> command = command("shared", 60, "--master=" + cluster.url());
    return roundel.start(command, IMPATIENT + " " + settings);
  }

  /** It stands still meanwhile, so that there is an update that it has not answered. */
  private void cutInTheMidstOfAnUpdate(Process worker) throws Exception {
    ProcessHandle executor = executors(worker, 1).get(0);
    signal(executor, "STOP");
    Thread.sleep(1000);
    other.unplug();
    signal(executor, "CONT");
  }
}
