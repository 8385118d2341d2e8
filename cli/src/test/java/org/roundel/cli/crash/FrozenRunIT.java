package org.roundel.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.roundel.cli.Installation;
import org.roundel.cli.Outcome;
import org.roundel.cli.OwnInstallation;

/**
 * The packaged program is stopped again and again while it trains (SIGSTOP), and its directory is
 * copied: every copy goes on to the bytes of a run that nobody disturbed.
 *
 * <p>Maven's profile {@code crash} makes a thousand copies.
 */
class FrozenRunIT extends OwnInstallation {
  private static final int COPIES = Integer.getInteger("roundel.crash.copies", 60);
  private static final int EVERYDAY_COPIES = 4;
  private static final int EPOCHS = 12;
  private static final int MOST_MILLIS_BETWEEN = 12;
  private static final long SEED = 21;

  private final Random random = new Random(SEED);
  private final Tally tally = new Tally();
  private RecoveredRun recovered;
  private Path copies;

  @BeforeEach
  void makeCopies() throws Exception {
    copies = RecoveredRun.inMemory(directory);
  }

  @AfterEach
  void removeCopies() throws Exception {
    RecoveredRun.delete(copies);
  }

  @Test
  void aFewCopiesGoOn() throws Exception {
    copyAndGoOn(EVERYDAY_COPIES, 10 * MOST_MILLIS_BETWEEN);
  }

  @Test
  @Tag("thorough")
  void everyCopyGoesOn() throws Exception {
    System.out.println("FrozenRunIT: seed " + SEED);
    copyAndGoOn(COPIES, MOST_MILLIS_BETWEEN);
    tally.print("copies of a run that was stopped, all went on to the same bytes");
  }

  private void copyAndGoOn(int wanted, int mostMillisBetween) throws Exception {
    recovered = new RecoveredRun(EPOCHS);
    Path whole = copies.resolve("whole");
    recovered.goOn(whole);
    Map<String, String> expected = RecoveredRun.content(whole);
    for (int run = 0; tally.total() < wanted; run++) {
      copies(roundel.work().resolve("run-" + run), expected, wanted, mostMillisBetween);
    }
  }

  private void copies(Path run, Map<String, String> expected, int wanted, int mostMillisBetween)
      throws Exception {
    Installation.Running training = roundel.start(recovered.command(run), "");
    while (!Files.exists(run) && training.process().isAlive()) {
      training.process().waitFor(1, TimeUnit.MILLISECONDS);
    }
    while (tally.total() < wanted
        && !training
            .process()
            .waitFor(1 + random.nextInt(mostMillisBetween), TimeUnit.MILLISECONDS)) {
      // It is not gone on with while the copy is, or it would be over after a few of them.
      signal("STOP", training.process());
      awaitStop(training.process());
      Path copy = copies.resolve("copy");
      RecoveredRun.copy(run, copy);
      tally.count(RecoveredRun.describe(copy));
      recovered.goOn(copy);
      assertThat(RunContent.differences(expected, RecoveredRun.content(copy))).isEmpty();
      RecoveredRun.delete(copy);
      signal("CONT", training.process());
    }
    signal("CONT", training.process());
    Outcome outcome = training.end();
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(RunContent.differences(expected, RecoveredRun.content(run))).isEmpty();
  }

  /** The process may have ended a moment ago. */
  private static void signal(String name, Process process) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** The signal has arrived when the system says so of every thread. */
  private static void awaitStop(Process process) throws Exception {
    Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
    while (process.isAlive() && !areStopped(threads)) {
      Thread.onSpinWait();
    }
  }

  private static boolean areStopped(Path threads) throws IOException {
    try (Stream<Path> all = Files.list(threads)) {
      for (Path thread : (Iterable<Path>) all::iterator) {
        if (!Files.readString(thread.resolve("stat"))
            .replaceAll("(?s).*\\) ", "")
            .startsWith("T")) {
          return false;
        }
      }
      return true;
    } catch (NoSuchFileException ended) {
      return false;
    }
  }
}
