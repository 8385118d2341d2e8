package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a job script calls again and again gets a run to its end, whenever it is killed. */
class JobIT extends OwnInstallation {
  private static final String[] JOB = {
    "--quantizer=stochastic-rounding", "--run-dir=job", "--resume-if-exists"
  };

  /** A checkpoint takes milliseconds to be written. */
  private static final long LOOK_NANOS = 200_000;

  private static final String LAST = "checkpoints/step-000000072/weights.safetensors";

  @Test
  @Timeout(300)
  void oneCommandStartsGoesOnAndEndsHoweverOftenItIsKilled() throws Exception {
    Path job = roundel.work().resolve("job");
    List<Path> moments =
        List.of(
            job.resolve(".lock"),
            job.resolve("manifest.json"),
            job.resolve("checkpoints/step-000000000"),
            job.resolve("checkpoints/.writing-step-000000024"));
    for (Path moment : moments) {
      Installation.Running run = roundel.startTraining(JOB);
      // A short sleep: some of these are there for a moment only. On a busy machine it may be
      // missed; what the moment ends with stays.
      Path after = moment.resolveSibling(moment.getFileName().toString().replace(".writing-", ""));
      while (run.process().isAlive() && !Files.exists(moment) && !Files.exists(after)) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
      run.process().destroyForcibly();
      assertThat(run.end().exitCode()).as("%s", moment).isEqualTo(137);
    }

    Installation.Running running = roundel.startTraining(JOB);
    running.awaitLine("  run ");
    // Held, since this run ends within the time that another program takes to start.
    running.signal("STOP");
    Outcome elsewhere = roundel.train(JOB);
    running.signal("CONT");
    assertThat(elsewhere.exitCode()).as("%s", elsewhere).isEqualTo(3);
    assertThat(elsewhere.err()).contains("already in use by another run");
    Outcome ended = running.end();
    assertThat(ended.exitCode()).as("%s", ended).isZero();

    Outcome again = roundel.train(JOB);
    assertThat(again.exitCode()).as("%s", again).isZero();
    assertThat(again.out())
        .startsWith("Nothing is left to do: the run has all its 3 epochs.\nTest error of the")
        .contains("  go on     roundel resume job --epochs 6\n");

    Outcome whole = roundel.train("--quantizer=stochastic-rounding", "--run-dir=whole");
    assertThat(whole.exitCode()).as("%s", whole).isZero();
    assertThat(job.resolve(LAST))
        .hasSameBinaryContentAs(roundel.work().resolve("whole").resolve(LAST));
    assertThat(Files.readAllLines(job.resolve("history.jsonl"))).hasSize(3);
    assertThat(Files.readString(job.resolve("log.txt")))
        .contains("INFO  started: roundel train", "INFO  checkpoint step-000000072")
        .endsWith("INFO  finished\n");
  }

  @Test
  void runsThatStartAtOnceHaveDirectoriesOfTheirOwn() throws Exception {
    List<Installation.Running> started = new ArrayList<>();
    for (int run = 0; run < 3; run++) {
      started.add(roundel.startTraining());
    }
    for (Installation.Running run : started) {
      Outcome ended = run.end();
      assertThat(ended.exitCode()).as("%s", ended).isZero();
    }
    try (Stream<Path> runs = Files.list(roundel.work().resolve("runs"))) {
      assertThat(runs).hasSize(3);
    }
  }
}
