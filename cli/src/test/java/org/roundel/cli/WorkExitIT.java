package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a script that calls {@code roundel work} learns from its exit code. */
class WorkExitIT extends OwnInstallation {
  private static final int CONFIGURATION = 3;
  private static final int INTERRUPTED = 130;

  private Path sweep;

  @BeforeEach
  void plan() throws IOException {
    sweep = directory.resolve("s");
    List<String> file = new ArrayList<>(List.of("seeds: 1..2", "name: 'seed-{seed}'", "base:"));
    for (String option : Installation.TINY_RUN) {
      file.add("  " + option.replaceFirst("--(set=)?", "").replaceFirst("=", ": "));
    }
    Path written = Files.write(directory.resolve("seeds.yaml"), file);
    Outcome made = roundel.runHere("sweep", written.toString(), "--out", sweep.toString());
    assertThat(made.exitCode()).as("%s", made).isZero();
  }

  private Outcome work(String... more) {
    List<String> words = new ArrayList<>(List.of("work", sweep.toString()));
    words.addAll(List.of(more));
    return roundel.runHere(words.toArray(String[]::new));
  }

  /** Records what an earlier call did, maybe on another machine. */
  private void earlier(String cell, String outcome) throws IOException {
    Files.createDirectories(sweep.resolve("outcomes"));
    Files.writeString(
        sweep.resolve("outcomes/" + cell + ".json"),
        "{\"outcome\": \""
            + outcome
            + "\", \"message\": \"no data\", \"begun\": true, \"host\": \"far\", \"attempt\": \"a\"}");
  }

  @Test
  void cellsThatFailedInAnEarlierCallAreNotForgotten() throws IOException {
    earlier("seed-1", "failed");
    for (int call = 0; call < 2; call++) {
      Outcome end = work();
      assertThat(end.exitCode()).as("%s", end).isEqualTo(CONFIGURATION);
      assertThat(end.out()).contains("2 cells: 1 finished, 1 failed\n");
      assertThat(end.err())
          .isEqualTo(
              "roundel: 1 cell failed, now or before: seed-1. Once that is mended: roundel work"
                  + " --retry "
                  + sweep
                  + "\n");
    }
    Outcome again = work("--retry");
    assertThat(again.exitCode()).as("%s", again).isZero();
    assertThat(again.out()).contains("2 cells: 2 finished\n");
  }

  @Test
  void whoIsStoppedSaysSoWhateverHasFailed() throws IOException {
    earlier("seed-1", "failed");
    Path cells = sweep.resolve("cells.json");
    Files.writeString(
        cells, Files.readString(cells).replaceAll("\"epochs\" : \"3\"", "\"epochs\" : \"99999\""));
    Outcome end = work("--for", "2s");
    assertThat(end.exitCode()).as("%s", end).isEqualTo(INTERRUPTED);
    assertThat(end.err()).isEmpty();
    assertThat(end.out()).contains("\nStopped early; go on with: roundel work " + sweep + "\n");
  }

  @Test
  void whoWorksOnOneCellIsToldOfThatOneOnly() throws IOException {
    earlier("seed-1", "failed");
    Outcome other = work("--cell", "seed-2");
    assertThat(other.exitCode()).as("%s", other).isZero();
    assertThat(other.err()).isEmpty();
    Outcome own = work("--cell", "seed-1");
    assertThat(own.exitCode()).as("%s", own).isEqualTo(CONFIGURATION);
    assertThat(own.err()).startsWith("roundel: 1 cell failed, now or before: seed-1. ");
  }

  @Test
  void aCellThatDivergedIsAResult() throws IOException {
    earlier("seed-2", "diverged");
    Outcome end = work();
    assertThat(end.exitCode()).as("%s", end).isZero();
    assertThat(end.out()).contains("2 cells: 1 finished, 1 diverged\n");
    assertThat(end.err()).isEmpty();
  }

  @Test
  void cellsThatAreLeftForWantOfMemoryAreNotDone() {
    Outcome end = work("--memory", "1m");
    assertThat(end.exitCode()).as("%s", end).isEqualTo(CONFIGURATION);
    assertThat(end.out()).contains("left     seed-1: this run needs ", "2 cells: 2 waiting\n");
    assertThat(end.err())
        .isEqualTo(
            "roundel: 2 cells left, for want of memory, and in nobody's hands: seed-1, seed-2."
                + " Start a worker where there is more: roundel work "
                + sweep
                + "\n");
    assertThat(work().exitCode()).isZero();
  }

  @Tag("thorough")
  @Test
  void aRecordThatStaysUnreadableIsTold() throws IOException {
    Files.createDirectories(sweep.resolve("outcomes/seed-1.json"));
    Outcome end = work("--heartbeat", "1s");
    assertThat(end.exitCode()).as("%s", end).isEqualTo(CONFIGURATION);
    assertThat(end.out()).contains("2 cells: 1 waiting, 1 finished\n");
    assertThat(end.err())
        .startsWith(
            "roundel: the cell seed-1 is left: " + sweep + "/outcomes/seed-1.json cannot be");
  }
}
