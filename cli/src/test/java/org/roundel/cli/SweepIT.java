package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Several processes of the packaged program share the directory of a sweep: every cell is trained
 * once, whichever of them is killed or stopped, and has the bytes of a run that nobody disturbed.
 */
class SweepIT extends OwnInstallation {
  private static final JsonMapper JSON = new JsonMapper();

  private Path file(String name, int seeds, int epochs) throws IOException {
    return TinySweep.write(roundel.work().resolve(name), seeds, epochs);
  }

  private void sweep(int seeds, int epochs) throws Exception {
    TinySweep.make(roundel, seeds, epochs);
  }

  private Installation.Running work(String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("work", "s"));
    arguments.addAll(List.of(more));
    return roundel.start(arguments, "");
  }

  private Path run(int seed) {
    return TinySweep.run(roundel, seed);
  }

  private static long begun(Outcome outcome) {
    return outcome.out().lines().filter(line -> line.startsWith("begins ")).count();
  }

  @Test
  @Timeout(900)
  void threeWorkersTrainEveryCellOnce() throws Exception {
    sweep(6, 3);
    List<Installation.Running> workers = List.of(work(), work(), work());
    long begun = 0;
    for (Installation.Running worker : workers) {
      Outcome end = worker.end();
      assertThat(end.exitCode()).as("%s", end).isZero();
      assertThat(end.err()).isEmpty();
      begun += begun(end);
    }
    assertThat(begun).isEqualTo(6);
    for (int seed = 1; seed <= 6; seed++) {
      assertThat(Files.readAllLines(run(seed).resolve("history.jsonl"))).hasSize(3);
      assertThat(run(seed).resolve("report.html")).isNotEmptyFile();
      assertThat(Files.readString(run(seed).resolve("log.txt")))
          .contains("INFO  started: roundel work s")
          .endsWith("INFO  finished\n");
    }
    TinySweep.assertBytesOfTraining(roundel, 3, 3);
    Outcome status = roundel.run("sweep", "status", "s");
    assertThat(status.out())
        .startsWith("6 cells: 6 finished\n")
        .containsPattern("\n  seed-4 +finished +3/3 +[0-9.]+ % +-\n");
    Outcome again = work().end();
    assertThat(again.out()).startsWith("6 cells: 6 finished\n");
    Outcome compared = roundel.run("compare", "s", "--out", "compared");
    assertThat(compared.exitCode()).as("%s", compared).isZero();
    assertThat(compared.out())
        .containsPattern("seed-1 and 5 more +6 +[0-9.]+ ± [0-9.]+ % +[0-9.]+ ± [0-9.]+ %");
  }

  @Test
  @Timeout(300)
  void theCellOfAKilledWorkerIsGoneOnWith() throws Exception {
    sweep(2, 24);
    Installation.Running killed = work("--heartbeat", "1s");
    killed.awaitLine("begins   seed-1");
    await(run(1).resolve("checkpoints/step-000000240"));
    killed.process().destroyForcibly();
    killed.end();
    Outcome status = roundel.run("sweep", "status", "s");
    assertThat(status.out()).startsWith("2 cells: 1 waiting, 1 stopped\n");
    Outcome end = work("--heartbeat", "1s").end();
    assertThat(end.exitCode()).as("%s", end).isZero();
    assertThat(end.out()).contains("begins   seed-1\n", "begins   seed-2\n");
    TinySweep.assertBytesOfTraining(roundel, 1, 24);
  }

  private static void await(Path file) throws InterruptedException {
    while (Files.notExists(file)) {
      Thread.sleep(5);
    }
  }

  @Test
  @Timeout(300)
  void aStoppedWorkerThatWakesUpGivesWay() throws Exception {
    sweep(1, 48);
    Installation.Running frozen = work("--heartbeat", "1s");
    frozen.awaitLine("begins   seed-1");
    await(run(1).resolve("checkpoints/step-000000240"));
    frozen.signal("STOP");
    Installation.Running other = work("--heartbeat", "1s");
    await(roundel.work().resolve("s/leases/seed-1/2"));
    frozen.signal("CONT");
    Outcome woken = frozen.end();
    Outcome end = other.end();
    assertThat(woken.err())
        .contains(
            "warning: the training of seed-1 was taken over by ",
            " while this process did not respond; it stops here and writes nothing more into that"
                + " run");
    assertThat(end.exitCode()).as("%s", end).isZero();
    assertThat(roundel.run("sweep", "status", "s").out()).startsWith("1 cell: 1 finished\n");
    TinySweep.assertBytesOfTraining(roundel, 1, 48);
    assertThat(Files.readAllLines(run(1).resolve("history.jsonl"))).hasSize(48);
  }

  @Test
  @Timeout(300)
  void whoIsInterruptedOrOutOfTimeKeepsACheckpointAndLetsGo() throws Exception {
    sweep(2, 2000);
    Installation.Running interrupted = work();
    interrupted.awaitLine("begins   seed-1");
    await(run(1).resolve("checkpoints/step-000000024"));
    interrupted.signal("TERM");
    Outcome stopped = interrupted.end();
    assertThat(stopped.exitCode()).as("%s", stopped).isEqualTo(143);
    assertThat(stopped.out())
        .contains("stopped  seed-1\n", "\nStopped early; go on with: roundel work s\n");
    Outcome out = work("--for", "4s").end();
    assertThat(out.exitCode()).as("%s", out).isEqualTo(130);
    assertThat(out.out()).contains("begins   seed-1\nstopped  seed-1\n");
    assertThat(roundel.run("sweep", "status", "s").out())
        .startsWith("2 cells: 1 waiting, 1 stopped\n");
    JsonNode status = JSON.readTree(roundel.run("sweep", "status", "s", "--json").out());
    assertThat(status.at("/counts/stopped").intValue()).isEqualTo(1);
    assertThat(status.at("/cells/0/state").textValue()).isEqualTo("stopped");
    assertThat(status.at("/cells/1/run").textValue()).isEqualTo("s/runs/seed-2");
    Installation.Running page = roundel.start(List.of("ui", "s", "--port", "0"), "");
    String address = page.awaitLine("page  ").replaceFirst("page +", "");
    JsonNode runs;
    try (InputStream answer = URI.create(address + "api/runs").toURL().openStream()) {
      runs = JSON.readTree(answer);
    }
    page.signal("INT");
    page.end();
    assertThat(runs.at("/runs/0/phase").textValue()).isEqualTo("stopped");
    assertThat(runs.at("/runs/1/phase").textValue()).isEqualTo("waiting");
    assertThat(runs.at("/runs/1/settings/seed").textValue()).isEqualTo("2");
  }

  @Test
  void aSweepGrowsAndNeverChanges() throws Exception {
    Path file = file("sweep.yaml", 2, 3);
    Outcome dry = roundel.run("sweep", "sweep.yaml", "--dry-run");
    assertThat(dry.out())
        .isEqualTo("2 cells:\n  cell    seed\n  seed-1  1\n  seed-2  2\nNothing was written.\n");
    try (Stream<Path> files = Files.list(roundel.work())) {
      assertThat(files).containsExactly(file);
    }
    assertThat(roundel.run("sweep", "sweep.yaml", "--out", "s").out())
        .startsWith("s has 2 cells.\n");
    assertThat(roundel.run("sweep", "sweep.yaml", "--out", "s").out())
        .startsWith("s has these 2 cells already; nothing was written.\n");
    file("sweep.yaml", 3, 3);
    assertThat(roundel.run("sweep", "sweep.yaml", "--out", "s").out())
        .startsWith("s has 3 cells, of which 1 are new.\n");
    file("sweep.yaml", 3, 4);
    Outcome changed = roundel.run("sweep", "sweep.yaml", "--out", "s");
    assertThat(changed.exitCode()).isEqualTo(3);
    assertThat(changed.err())
        .startsWith(
            "roundel: the sweep has 3 problems:\n  1) the cell seed-1 would change: epochs is 3"
                + " there and 4 now; give cells other names, or choose another directory\n");
    file("sweep.yaml", 2, 3);
    assertThat(roundel.run("sweep", "sweep.yaml", "--out", "s").err())
        .startsWith("roundel: the cell seed-3 is there and no longer in the file; ");
  }

  @Test
  void aDirectoryThatGoesAwayIsToldInASentence() throws Exception {
    sweep(1, 2000);
    Installation.Running worker = work();
    worker.awaitLine("begins   seed-1");
    await(run(1).resolve("checkpoints/step-000000048"));
    Path away = roundel.work().resolve("away");
    Files.move(roundel.work().resolve("s"), away);
    Outcome end = worker.end();
    assertThat(end.exitCode()).as("%s", end).isEqualTo(3);
    // A checkpoint that was being written then may be told of before.
    assertThat(end.err())
        .endsWith(
            "roundel: the directory of the sweep, s, has gone away: s/cells.json: it does not"
                + " exist. What was trained is kept up to the last checkpoints there; once it is"
                + " back, call 'roundel work' again\n");
    assertThat(roundel.work().resolve("s")).doesNotExist();
    assertThat(roundel.run("sweep", "status", "away").out()).startsWith("1 cell: 1 stopped\n");
  }
}
