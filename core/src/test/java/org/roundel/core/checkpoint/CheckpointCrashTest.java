package org.roundel.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.core.RoundelException;
import org.roundel.core.checkpoint.FaultyOperations.Crash;
import org.roundel.core.checkpoint.FaultyOperations.Fault;
import org.roundel.core.run.CapturedLog;

/** Writes a checkpoint and lets every single file operation be the one where it ends. */
class CheckpointCrashTest {
  private static final int KEEP_LAST = 2;
  private static final int OLD = 3;
  private static final int NEW = 40;

  /** More operations than a write takes; a bound for the loops. */
  private static final int MANY = 200;

  @TempDir private Path directory;

  /** Steps 1 to 3, of which 1 is the best. */
  private Path before(int round) {
    Path checkpoints = directory.resolve("round-" + round);
    FaultyOperations faultless = new FaultyOperations(Fault.CRASH, Integer.MAX_VALUE);
    CheckpointStore store = new CheckpointStore(faultless, checkpoints, KEEP_LAST);
    for (int step = 1; step <= 3; step++) {
      Checkpoints.write(store, step, step, step == 1);
    }
    return checkpoints;
  }

  /** Step 3 replaces a checkpoint, step 4 is a new one; both make an older one superfluous. */
  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void aCrashLeavesTheOldStateOrTheNew(int step) throws IOException {
    int oldStates = 0;
    int newStates = 0;
    for (int allowed = 0; allowed < MANY; allowed++) {
      Path checkpoints = before(allowed);
      FaultyOperations operations = new FaultyOperations(Fault.CRASH, allowed);
      boolean crashed = false;
      try {
        Checkpoints.write(new CheckpointStore(operations, checkpoints, KEEP_LAST), step, NEW, true);
      } catch (Crash failed) {
        crashed = true;
      }
      CheckpointStore reopened = new CheckpointStore(checkpoints, KEEP_LAST);
      int found = newest(reopened);
      assertThat(found).as("operation %d", allowed).isIn(OLD, NEW);
      assertNoLeftovers(checkpoints, reopened);
      if (allowed % 8 == 0) {
        Checkpoints.write(reopened, step + 1, NEW + 1, false);
        assertThat(newest(reopened)).isEqualTo(NEW + 1);
      }
      if (!crashed) {
        assertThat(found).isEqualTo(NEW);
        assertThat(oldStates).isGreaterThan(10);
        assertThat(newStates).isGreaterThan(3);
        return;
      }
      if (found == OLD) {
        oldStates++;
        assertThat(newStates).as("old states come before new ones").isZero();
        assertThat(reopened.best()).contains("step-000000001");
      } else {
        newStates++;
      }
    }
    throw new AssertionError("a write takes more than " + MANY + " operations");
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void aFailureLeavesTheOldStateAndIsReported(int step) throws IOException {
    int deletionsFailed = 0;
    for (int allowed = 0; allowed < MANY; allowed++) {
      Path checkpoints = before(allowed);
      List<String> names = new CheckpointStore(checkpoints, KEEP_LAST).list();
      FaultyOperations operations = new FaultyOperations(Fault.DISK_FULL, allowed);
      CheckpointStore store = new CheckpointStore(operations, checkpoints, KEEP_LAST);
      boolean reported = false;
      List<String> warnings;
      try (CapturedLog log = new CapturedLog(StagingArea.class)) {
        try {
          Checkpoints.write(store, step, NEW, true);
        } catch (RoundelException failed) {
          reported = true;
          assertThat(failed)
              .hasMessageContaining("No space left on device")
              .hasMessageContaining(checkpoints.toString());
        }
        warnings = log.messages();
      }
      if (reported) {
        assertThat(newest(store)).as("operation %d", allowed).isEqualTo(OLD);
        assertThat(store.list()).isEqualTo(names);
        assertNoLeftovers(checkpoints, store);
      } else {
        assertThat(newest(store)).isEqualTo(NEW);
        deletionsFailed += warnings.size();
      }
      assertNoLeftovers(checkpoints, new CheckpointStore(checkpoints, KEEP_LAST));
      if (!operations.failed()) {
        assertThat(reported).isFalse();
        assertThat(deletionsFailed).isGreaterThan(3);
        return;
      }
    }
    throw new AssertionError("a write takes more than " + MANY + " operations");
  }

  /** Power may fail, too: what is renamed has to be on the disk before. */
  @Test
  void everythingIsOnTheDiskBeforeItGetsItsName() {
    FaultyOperations operations = new FaultyOperations(Fault.CRASH, MANY);
    Path checkpoints = directory.resolve("checkpoints");
    Checkpoints.write(new CheckpointStore(operations, checkpoints, 1), 7, 7, true);
    List<String> log = operations.log();
    int named = log.indexOf("move step-000000007");
    for (String file :
        List.of(
            "weights.safetensors", "training.safetensors", "state.json", "best", "SHA256SUMS")) {
      assertThat(log.indexOf("force " + file))
          .as(file)
          .isGreaterThan(log.lastIndexOf("write " + file))
          .isLessThan(named);
      assertThat(log).contains("write " + file);
    }
    assertThat(log.indexOf("force .writing-step-000000007"))
        .isGreaterThan(log.indexOf("force SHA256SUMS"))
        .isLessThan(named);
    assertThat(log.indexOf("force checkpoints")).isGreaterThan(named);
  }

  private static int newest(CheckpointStore store) {
    NewestCheckpoint newest = store.newestValid();
    assertThat(newest.passedOver()).isEmpty();
    try (Checkpoint checkpoint = newest.checkpoint()) {
      return Checkpoints.content(checkpoint);
    }
  }

  private static void assertNoLeftovers(Path checkpoints, CheckpointStore store)
      throws IOException {
    assertThat(CheckpointStoreTest.fileNames(checkpoints)).isEqualTo(store.list());
    for (String name : store.list()) {
      try (Checkpoint checkpoint = store.open(name)) {
        assertThat(Checkpoints.content(checkpoint)).isPositive();
      }
    }
    assertThat(Files.isDirectory(checkpoints)).isTrue();
  }
}
