package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cells of a sweep, each trained by a process beside an executor of Spark. */
class SweepOnSparkIT extends OnSpark {
  private Installation.Running work(String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("work", "s", "--heartbeat=1s"));
    arguments.addAll(List.of(more));
    return roundel.start(arguments, "");
  }

  private void assertFinished(int seeds) throws Exception {
    assertThat(roundel.runHere("sweep", "status", roundel.work() + "/s").out())
        .startsWith(seeds + " cells: " + seeds + " finished\n");
  }

  private static long begun(Outcome outcome) {
    return outcome.out().lines().filter(line -> line.startsWith("begins ")).count();
  }

  @Test
  @Timeout(300)
  void everyCellIsTrainedOnce() throws Exception {
    TinySweep.make(roundel, 3, 3);
    Outcome end = work(master(2)).end();

    assertThat(end.exitCode()).as("%s", end).isZero();
    assertThat(end.err()).isEmpty();
    assertThat(end.out())
        .contains("begins   seed-1\n", "begins   seed-2\n", "begins   seed-3\n")
        .containsPattern("\ntrained  seed-3: test error [0-9.]+ %\n")
        .endsWith("3 cells: 3 finished\nSee them with: roundel sweep status s\n");
    assertThat(begun(end)).isEqualTo(3);
    TinySweep.assertBytesOfTraining(roundel, 2, 3);
    Outcome again = work("--master=spark://127.0.0.1:1").end();
    assertThat(again.exitCode()).as("nobody is needed: %s", again).isZero();
  }

  @Tag("thorough")
  @Test
  @Timeout(300)
  void theCellOfAKilledExecutorIsGoneOnWith() throws Exception {
    TinySweep.make(roundel, 2, 48);
    Installation.Running run = work(master(1));
    await("checkpoints/step-000000240");
    signal(executors(run, 1).get(0), "KILL");
    Outcome end = run.end();

    assertThat(end.exitCode()).as("%s", end).isZero();
    assertThat(end.err())
        .containsPattern("warning: executor 0 is lost \\(.*\\); what it had is computed again\n");
    assertThat(begun(end)).isEqualTo(2);
    TinySweep.assertBytesOfTraining(roundel, 1, 48);
    TinySweep.assertBytesOfTraining(roundel, 2, 48);
  }

  @Tag("thorough")
  @Test
  @Timeout(300)
  void workersOfOtherKindsShareTheCells() throws Exception {
    TinySweep.make(roundel, 8, 24);
    Installation.Running there = work(master(1));
    there.awaitLine("begins   seed-1");
    Installation.Running here = work();
    Outcome ownEnd = here.end();
    Outcome sparkEnd = there.end();

    assertThat(ownEnd.exitCode()).as("%s", ownEnd).isZero();
    assertThat(sparkEnd.exitCode()).as("%s", sparkEnd).isZero();
    assertThat(trained(ownEnd) + trained(sparkEnd)).isEqualTo(8);
    assertThat(trained(ownEnd)).isPositive();
    assertThat(trained(sparkEnd)).isPositive();
    assertFinished(8);
    TinySweep.assertBytesOfTraining(roundel, 8, 24);
  }

  private static long trained(Outcome outcome) {
    return outcome.out().lines().filter(line -> line.startsWith("trained ")).count();
  }

  @Tag("thorough")
  @Test
  @Timeout(300)
  void whoIsInterruptedKeepsACheckpointOfEachCellAndLetsGo() throws Exception {
    TinySweep.make(roundel, 3, 2000);
    Installation.Running run = work(master(1));
    await("checkpoints/step-000000240");
    run.signal("TERM");
    Outcome end = run.end();

    assertThat(end.exitCode()).as("%s", end).isEqualTo(143);
    assertThat(end.out())
        .endsWith("3 cells: 2 waiting, 1 stopped\nStopped early; go on with: roundel work s\n");
  }

  /** Its executor ends by itself, and with that the process beside it. */
  @Tag("thorough")
  @Test
  @Timeout(300)
  void theCellOfAKilledProcessIsLetGoOf() throws Exception {
    TinySweep.make(roundel, 1, 2000);
    Installation.Running run = work(master(1));
    await("checkpoints/step-000000240");
    List<ProcessHandle> all = run.process().descendants().toList();
    run.signal("KILL");
    run.end();
    for (ProcessHandle each : all) {
      each.onExit().get();
    }
    assertThat(roundel.runHere("sweep", "status", roundel.work() + "/s").out())
        .startsWith("1 cell: 1 stopped\n");
  }

  private void await(String file) throws InterruptedException {
    Path awaited = TinySweep.run(roundel, 1).resolve(file);
    while (Files.notExists(awaited)) {
      Thread.sleep(5);
    }
  }

  @Tag("thorough")
  @Test
  void whatAnExecutorLacksIsToldInASentence() throws Exception {
    TinySweep.make(roundel, 2, 3);
    Outcome without =
        roundel.start(List.of("work", "s", master(1)), "-Dspark.roundel.home=/nowhere").end();
    assertThat(without.exitCode()).as("%s", without).isEqualTo(3);
    assertThat(without.err())
        .matches("roundel: executor 0 on \\S+: there is no Roundel in /nowhere; .*\n");

    Outcome elsewhere =
        roundel.start(List.of("work", "s", master(1), "--plugins=/nowhere"), "").end();
    assertThat(elsewhere.exitCode()).as("%s", elsewhere).isEqualTo(4);
    assertThat(elsewhere.err()).startsWith("roundel: executor 0 on ").contains("/nowhere");
    assertThat(elsewhere.err().lines()).hasSize(1);
  }

  @Tag("thorough")
  @Test
  @Timeout(300)
  void aCellThatNeedsMoreMemoryThanThereIsLeavesTheOthersAlone() throws Exception {
    Path file = TinySweep.write(roundel.work().resolve("sweep.yaml"), 1, 3);
    Files.writeString(
        file,
        Files.readString(file).replaceFirst("name: .*", "name: 'batch-{batch-size}'")
            + "list:\n  - {}\n  - {batch-size: 4096, dataset.train-size: 4096}\n");
    assertThat(roundel.run("sweep", "sweep.yaml", "--out", "s").exitCode()).isZero();
    Outcome end = work(master(1), "--memory=50m").end();

    assertThat(end.exitCode()).as("%s", end).isEqualTo(3);
    assertThat(end.out())
        .containsPattern("\nleft     batch-4096: this run needs \\d+ MB of native memory, and 52 ")
        .contains("\ntrained  batch-4: ", "\n2 cells: 1 waiting, 1 finished\n");
    assertThat(end.err())
        .isEqualTo(
            "roundel: 1 cell left, for want of memory, and in nobody's hands: batch-4096. Start a"
                + " worker where there is more: roundel work s\n");
  }

  /** As where the system has no memory for it, and where Java gets none. */
  @Tag("thorough")
  @ParameterizedTest
  @CsvSource({"kill -KILL $$, 'ended by signal 9, as where'", "'exit 1', 'no space'"})
  @Timeout(300)
  void aCellWhoseProcessBreaksDownLeavesTheOthersAlone(String end, String reason) throws Exception {
    TinySweep.make(roundel, 2, 3);
    Path front = Files.createDirectories(directory.resolve("front/bin")).getParent();
    Files.createSymbolicLink(front.resolve("lib"), roundel.home().resolve("lib"));
    Path script = front.resolve("bin/roundel");
    Path started = directory.resolve("started");
    Files.writeString(
        script,
        "#!/bin/sh\ncase \"$*\" in *'--cell seed-1 '*) echo >> "
            + started
            + "; echo 'no space' >&2; "
            + end
            + " ;; esac\nexec "
            + roundel.home().resolve("bin/roundel")
            + " \"$@\"\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    Outcome outcome =
        roundel.start(List.of("work", "s", master(1)), "-Dspark.roundel.home=" + front).end();

    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(3);
    assertThat(outcome.out()).contains("\ntrained  seed-2: ", "\n2 cells: 1 waiting, 1 finished\n");
    assertThat(outcome.err())
        .startsWith("roundel: the cell seed-1 failed and is left:\nroundel: ")
        .contains("executor 0 on ", reason);
    assertThat(Files.readAllLines(started)).hasSize(4);
  }

  /** Nobody has anything to save yet, so the first signal ends it. */
  @Tag("thorough")
  @Test
  @Timeout(60)
  void whoIsInterruptedBeforeAnExecutorComesEndsAtOnce() throws Exception {
    TinySweep.make(roundel, 1, 3);
    // Where nobody answers, Spark tries for a minute.
    Installation.Running run = work("--master=spark://127.0.0.1:1");
    TimeUnit.SECONDS.sleep(10);
    run.signal("TERM");
    assertThat(run.end().exitCode()).isEqualTo(143);
  }

  @Test
  void whatHasNoMeaningIsRefused() throws Exception {
    TinySweep.make(roundel, 2, 3);
    Golden.assertGolden("spark-local", work("--master=local[2]").end().err());
    Golden.assertGolden("work-no-cell", work("--cell=sed-1", master(1)).end().err());
    Files.writeString(
        roundel.work().resolve("sweep.yaml"),
        Files.readString(roundel.work().resolve("sweep.yaml")).replace("threads: 1", "threads: 2"));
    assertThat(roundel.run("sweep", "sweep.yaml", "--out", "wide").exitCode()).isZero();
    Golden.assertGolden("spark-cell-cores", roundel.run("work", "wide", master(1)).err());
  }
}
