package org.roundel.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.roundel.cli.Outcome;
import org.roundel.cli.OwnInstallation;
import org.roundel.cli.crash.FileLog.Operation;
import org.roundel.cli.crash.LossyDisk.Loss;

/**
 * The power is cut after every single operation on a file that the packaged program did, and takes
 * what was not synchronized: the same words go on with what is left, to the same bytes.
 */
class PowerCutIT extends OwnInstallation {
  private static final long SEED = 20;
  private static final int EVERYDAY_STATES = 16;

  private final Random random = new Random(SEED);
  private final Tally tally = new Tally();
  private RecoveredRun recovered;
  private Path copies;
  private final Set<Map<String, String>> states = new HashSet<>();
  private LossyDisk left;
  private List<Operation> operations;
  private Map<String, String> expected;

  /** Keeps a log of a whole run. */
  @BeforeEach
  void logARun() throws Exception {
    copies = RecoveredRun.inMemory(directory);
    Path disk = Files.createDirectory(roundel.work().resolve("disk")).toRealPath();
    recovered = new RecoveredRun(3);
    WatchedFiles files = WatchedFiles.of(roundel, disk, directory);
    Path log = directory.resolve("operations");
    files.log(log);
    Outcome outcome = roundel.start(recovered.command(disk.resolve("run")), "").end();
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    files.letBe();
    operations = FileLog.read(log);
    expected = RecoveredRun.content(disk.resolve("run"));
    LossyDisk whole = new LossyDisk(disk);
    operations.forEach(whole::apply);
    Path replayed = directory.resolve("replayed");
    whole.writeTo(replayed, Loss.NOTHING, random);
    // The log is whole: what it says was done is what is there.
    assertThat(RunContent.differences(RecoveredRun.files(replayed), RecoveredRun.files(disk)))
        .isEmpty();
    left = new LossyDisk(disk);
  }

  @AfterEach
  void removeCopies() throws Exception {
    RecoveredRun.delete(copies);
  }

  @Test
  void whatIsLeftAfterSomeOperationsGoesOn() throws Exception {
    int every = operations.size() / EVERYDAY_STATES;
    for (int count = 0; count < operations.size(); count++) {
      left.apply(operations.get(count));
      if (count % every == 0) {
        cutPower(operations.get(count), Loss.UNSYNCHRONIZED);
      }
    }
  }

  @Test
  @Tag("thorough")
  void whatIsLeftAfterEveryOperationGoesOn() throws Exception {
    System.out.println("PowerCutIT: seed " + SEED);
    for (Operation operation : operations) {
      left.apply(operation);
      for (Loss loss : Loss.values()) {
        cutPower(operation, loss);
      }
    }
    tally.print(
        "power cuts after "
            + operations.size()
            + " operations, no run lost; of the states of the"
            + " disk "
            + states.size()
            + " are different");
  }

  private void cutPower(Operation last, Loss loss) throws Exception {
    Path copy = copies.resolve("copy");
    left.writeTo(copy, loss, random);
    Path run = copy.resolve("run");
    tally.count(loss.words() + "; " + RecoveredRun.describe(run));
    if (states.add(RecoveredRun.files(copy))) {
      recovered.goOn(run);
      assertThat(RunContent.differences(expected, RecoveredRun.content(run)))
          .as(
              "power cut after %s %s %s, %s",
              last.kind(), last.path(), last.renamed(), loss.words())
          .isEmpty();
    }
    RecoveredRun.delete(copy);
  }
}
