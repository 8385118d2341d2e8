package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.util.ArrayList;
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
  private static final String HERE = "10.219.7.1";
  private static final String THERE = "10.219.7.2";

  /** Their names, within the 15 characters that the system allows; two tests may run at a time. */
  private final String number = Long.toString(ProcessHandle.current().pid() % 1_000_000);

  private final String namespace = "roundel-" + number;
  private final String link = "rdl" + number;
  private final String far = "rdf" + number;

  /** How soon Spark takes silence for a loss; 120 s by itself. */
  private static final String IMPATIENT =
      "-Dspark.network.timeout=10s -Dspark.executor.heartbeatInterval=2s"
          + " -Dspark.network.timeoutInterval=2s";

  @BeforeEach
  void join() throws Exception {
    assumeThat(ip("netns", "add", namespace))
        .as("network namespaces (ip netns add), for which one must be root and have iproute2")
        .isTrue();
    must("link", "add", link, "type", "veth", "peer", "name", far);
    must("link", "set", far, "netns", namespace);
    must("address", "add", HERE + "/24", "dev", link);
    must("link", "set", link, "up");
    must("-n", namespace, "address", "add", THERE + "/24", "dev", far);
    must("-n", namespace, "link", "set", far, "up");
    must("-n", namespace, "link", "set", "lo", "up");
    roundel.setVariable("SPARK_LOCAL_IP", HERE);
  }

  @AfterEach
  void part() throws Exception {
    ip("link", "delete", link);
    ip("netns", "delete", namespace);
  }

  @Test
  @Timeout(300)
  void anotherExecutorTakesOverToTheSameBytes() throws Exception {
    train("alone", 60);
    try (StandaloneSpark cluster = new StandaloneSpark(directory.resolve("spark"), HERE)) {
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
    try (StandaloneSpark cluster = new StandaloneSpark(directory.resolve("spark"), HERE)) {
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
      must("link", "set", link, "up");
      Outcome resumed =
          roundel.start(List.of("resume", "shared", "--master=" + cluster.url()), "").end();
      assertThat(resumed.exitCode()).as("%s", resumed).isZero();
      assertSameNet(180, "alone", "shared");
    }
  }

  private Process addWorkerBehind(StandaloneSpark cluster) throws Exception {
    return cluster.addWorker(THERE, List.of("ip", "netns", "exec", namespace));
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
    must("link", "set", link, "down");
    signal(executor, "CONT");
  }

  private static void must(String... arguments) throws Exception {
    assertThat(ip(arguments)).as("ip %s", List.of(arguments)).isTrue();
  }

  private static boolean ip(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException missing) {
      return false;
    }
  }
}
