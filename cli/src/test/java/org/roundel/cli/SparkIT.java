package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run over executors of Spark: to the bytes of one process, whoever is lost on the way. */
class SparkIT extends OnSpark {
  @Test
  void twoExecutorsGiveTheBytesOfOneProcess() throws Exception {
    train("alone", 1);
    Outcome shared = train("shared", 1, master(2));

    assertThat(shared.err()).isEmpty();
    assertSameNet(3, "alone", "shared");
  }

  @Tag("thorough")
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void soDoOneAndFour(int executors) throws Exception {
    train("alone", 2, "--validation=0.25", "--label-smoothing=0.1");
    train("shared", 2, "--validation=0.25", "--label-smoothing=0.1", master(executors));

    assertSameNet(6, "alone", "shared");
  }

  /** It stands still first, so that it is killed in the midst of an update. */
  @Tag("thorough")
  @Test
  void anExecutorThatIsKilledCostsNoByte() throws Exception {
    train("alone", 60);
    Installation.Running run = start("shared", 60, master(2));
    run.awaitLine(" 2/60 ");
    ProcessHandle victim = executors(run, 2).get(0);
    signal(victim, "STOP");
    Thread.sleep(1000);
    signal(victim, "KILL");
    Outcome outcome = run.end();

    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.err())
        .containsPattern("warning: executor \\d is lost \\(.*\\); what it had is computed again\n");
    assertSameNet(180, "alone", "shared");
  }

  /** Spark is told to wait for all of them before it says that it is there. */
  @Tag("thorough")
  @Test
  void executorsCountThatCameBeforeAnybodyListened() throws Exception {
    train("alone", 60);
    Installation.Running run =
        roundel.start(
            command("shared", 60, master(2)),
            "-Dspark.cores.max=2 -Dspark.scheduler.minRegisteredResourcesRatio=1");
    run.awaitLine(" 2/60 ");
    signal(executors(run, 2).get(0), "KILL");
    Outcome outcome = run.end();

    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.err())
        .containsPattern("warning: executor \\d is lost \\(.*\\); what it had");
    assertSameNet(180, "alone", "shared");
  }

  @Tag("thorough")
  @Test
  void anExecutorThatStandsStillForSomeSecondsIsWaitedFor() throws Exception {
    train("alone", 60);
    Installation.Running run = start("shared", 60, master(2));
    run.awaitLine(" 2/60 ");
    ProcessHandle straggler = executors(run, 2).get(1);
    signal(straggler, "STOP");
    Thread.sleep(5000);
    signal(straggler, "CONT");
    Outcome outcome = run.end();

    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.err()).isEmpty();
    assertSameNet(180, "alone", "shared");
  }

  @Tag("thorough")
  @Test
  void aKilledRunGoesOnToTheSameBytesAndItsExecutorsEnd() throws Exception {
    train("alone", 60);
    Installation.Running run = start("shared", 60, master(2));
    run.awaitLine(" 2/60 ");
    List<ProcessHandle> executors = executors(run, 2);
    run.signal("KILL");
    run.end();
    for (ProcessHandle executor : executors) {
      executor.onExit().get(60, TimeUnit.SECONDS);
    }
    Outcome resumed = roundel.run("resume", "shared", master(2));

    assertThat(resumed.exitCode()).as("%s", resumed).isZero();
    assertSameNet(180, "alone", "shared");
  }
}
