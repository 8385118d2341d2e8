package org.roundel.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.RoundelException;

class RunDirectoryTest {
  @TempDir private Path directory;
  private Path path;

  @BeforeEach
  void choosePath() {
    path = directory.resolve("runs/first");
  }

  private void createRun() {
    try (RunDirectory run = RunDirectory.create(path)) {
      AtomicFiles.write(run.config(), "seed: 1\n");
      AtomicFiles.write(run.manifest(), "{}\n");
    }
  }

  @Test
  void aRunThatWasCreatedCanBeOpened() {
    createRun();
    try (RunDirectory run = RunDirectory.open(path)) {
      assertThat(run.path()).isEqualTo(path);
      assertThat(run.config()).isEqualTo(path.resolve("config.yaml")).exists();
      assertThat(run.manifest()).isEqualTo(path.resolve("manifest.json")).exists();
      assertThat(run.history()).isEqualTo(path.resolve("history.jsonl"));
      assertThat(run.checkpoints()).isEqualTo(path.resolve("checkpoints"));
      assertThat(run.report()).isEqualTo(path.resolve("report.html"));
    }
  }

  /** However new: nobody else may write it now. */
  @Test
  void whoMayWriteARunRemovesWhatAKillHasLeftOfItsFiles() throws IOException {
    createRun();
    String left = ".manifest.json.3f2b9c1e-8a40-4f3b-9d5e-0c1d2e3f4a5b.tmp";
    Files.writeString(path.resolve(left), "{");
    RunDirectory.openForReading(path).close();
    assertThat(path.resolve(left)).exists();
    RunDirectory.open(path).close();
    assertThat(path.resolve(left)).doesNotExist();
  }

  @Test
  void createTakesADirectoryWithoutARun() throws IOException {
    Files.createDirectories(path);
    Files.writeString(path.resolve("notes.txt"), "mine");
    RunDirectory.create(path).close();
    // A run that ended before it wrote anything is no run.
    RunDirectory.create(path).close();
    assertThat(path.resolve("notes.txt")).exists();
  }

  @Test
  void createLeavesNothingBehindWhereItFails() {
    Path tooLong = path.resolve("below").resolve("x".repeat(300));
    assertThatThrownBy(() -> RunDirectory.create(tooLong))
        .isInstanceOf(RoundelException.class)
        .hasMessageContaining("cannot be written");
    assertThat(path).doesNotExist();
  }

  /** To ask is not to wait, nor to let go of a lock that a link leads to. */
  @Test
  void aLockThatIsALinkOrAPipeIsNotOpened() throws Exception {
    Path other = path.resolveSibling("other");
    try (RunDirectory held = RunDirectory.create(other)) {
      Files.createDirectories(path);
      Files.createSymbolicLink(path.resolve(".lock"), held.path().resolve(".lock"));
      assertThat(RunDirectory.isInUse(path)).isFalse();
    }
    Path pipe = path.resolveSibling("pipe");
    Files.createDirectories(pipe);
    assertThat(new ProcessBuilder("mkfifo", pipe + "/.lock").start().waitFor()).isZero();
    assertTimeoutPreemptively(
        Duration.ofMinutes(1), () -> assertThat(RunDirectory.isInUse(pipe)).isFalse());
  }

  /** Who holds a lock elsewhere keeps nobody out here. */
  @Test
  void aLockThatIsALinkOrAPipeIsNotTaken() throws Exception {
    Files.createDirectories(path);
    Path lock = path.resolve(".lock");
    Path elsewhere = directory.resolve("elsewhere");
    Files.createSymbolicLink(lock, elsewhere);
    assertGolden("lock-is-a-link", () -> RunDirectory.create(path));
    assertThat(elsewhere).doesNotExist();
    Files.delete(lock);
    assertThat(new ProcessBuilder("mkfifo", lock.toString()).start().waitFor()).isZero();
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> assertGolden("lock-is-a-link", () -> RunDirectory.create(path)));
    Files.delete(lock);
    RunDirectory.create(path).close();
  }

  @Test
  void theCommandThatGoesOnCanBePasted() throws Exception {
    Path odd = path.resolve("it's my\nrun");
    RunDirectory.create(odd).close();
    Files.writeString(odd.resolve("manifest.json"), "{}");
    RoundelException failure =
        catchThrowableOfType(RoundelException.class, () -> RunDirectory.create(odd));
    String message = String.valueOf(failure.getMessage());
    String command = message.substring(message.indexOf("\n  roundel resume "));
    Process shell =
        new ProcessBuilder("sh", "-c", "roundel() { printf %s \"$2\"; }" + command).start();
    assertThat(shell.getInputStream().readAllBytes())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(odd.toString());
  }

  @Test
  void createRefusesWhatItWouldOverwriteAndFreesIt() throws IOException {
    createRun();
    assertGolden("holds-a-run", () -> RunDirectory.create(path));
    RunDirectory.open(path).close();
  }

  @Test
  void onlyARunWithoutAnyTraceOfACheckpointIsUnstarted() throws IOException {
    assertThat(UnstartedRun.isIn(path)).isFalse();
    createRun();
    Path history = Files.createFile(path.resolve("history.jsonl"));
    Path checkpoints = path.resolve("checkpoints");
    Files.createDirectories(checkpoints.resolve(".writing-step-000000000"));
    assertThat(UnstartedRun.isIn(path)).isTrue();

    for (String name : List.of("step-000000000", ".writing-notes")) {
      Path kept = Files.createDirectory(checkpoints.resolve(name));
      assertKept();
      Files.delete(kept);
    }
    Files.writeString(history, "{}\n");
    assertKept();
    Files.writeString(history, "");
    Path report = Files.createFile(path.resolve("report.html"));
    assertKept();
    Files.delete(report);
    Files.delete(checkpoints.resolve(".writing-step-000000000"));
    Files.delete(checkpoints);
    Files.createSymbolicLink(checkpoints, directory.resolve("not-mounted"));
    assertKept();
    Files.delete(checkpoints);

    RunPlace place = RunPlace.restarted(path);
    assertThat(path.resolve("manifest.json")).exists();
    place.create().close();
    assertThat(path.resolve("manifest.json")).doesNotExist();
  }

  private void assertKept() {
    assertThat(UnstartedRun.isIn(path)).isFalse();
    assertThatThrownBy(() -> RunPlace.restarted(path).create())
        .hasMessageContaining("already holds a run");
    assertThat(path.resolve("manifest.json")).exists();
  }

  @Test
  void createSaysWhereItCannotWrite() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertGolden("below-a-file", () -> RunDirectory.create(file.resolve("run")));
    assertGolden("is-a-file", () -> RunDirectory.create(file));
  }

  @Test
  void namesTheRunThatSurelyIsMeant() throws IOException {
    createRun();
    Path checkpoint = Files.createDirectories(path.resolve("checkpoints/step-000000001"));
    for (Path near :
        List.of(
            path.getParent(), path.resolve("manifest.json"), checkpoint, checkpoint.resolve("x"))) {
      Files.createDirectories(near.getParent());
      if (Files.notExists(near)) {
        Files.createFile(near);
      }
      assertThat(
              catchThrowableOfType(RoundelException.class, () -> RunDirectory.openForReading(near)))
          .hasMessageEndingWith(". Is it " + path + " that is meant?");
    }
  }

  @Test
  void openSaysWhatIsMissing() throws IOException {
    assertGolden("does-not-exist", () -> RunDirectory.open(path));
    Files.createDirectories(path);
    assertGolden("not-a-run", () -> RunDirectory.open(path));
    Files.writeString(path.resolve("config.yaml"), "");
    assertGolden("no-manifest", () -> RunDirectory.openForReading(path));
    assertThat(path.resolve(".lock")).doesNotExist();
  }

  @Test
  void aThreadKeepsOthersOut() throws IOException {
    createRun();
    try (RunDirectory run = RunDirectory.open(path)) {
      RoundelException failure =
          CompletableFuture.supplyAsync(
                  () ->
                      catchThrowableOfType(
                          RoundelException.class,
                          () -> RunDirectory.open(run.path().resolve("../first"))))
              .join();
      assertThat(failure).hasMessageContaining("already in use");
      assertGolden("in-use", () -> RunDirectory.open(path));
      assertGolden("in-use", () -> RunDirectory.create(path));
      RunDirectory.openForReading(path).close();
    }
    RunDirectory.open(path).close();
  }

  @Test
  void anotherProcessKeepsOthersOutUntilItEndsHoweverItEnds() throws Exception {
    createRun();
    Process holder = startHolder();
    try (BufferedReader output = holder.inputReader(StandardCharsets.UTF_8)) {
      assertThat(output.readLine()).isEqualTo(LockHolder.LOCKED);
      assertThat(RunDirectory.isInUse(path)).isTrue();
      assertGolden("in-use", () -> RunDirectory.open(path));
    } finally {
      holder.destroyForcibly().waitFor();
    }
    RunDirectory.open(path).close();
  }

  /** Whoever asks holds the lock for a moment, which must not keep a run out. */
  @Test
  void whoeverAsksWhetherItIsInUseKeepsNobodyOut() throws Exception {
    assertThat(RunDirectory.isInUse(path)).isFalse();
    createRun();
    assertThat(RunDirectory.isInUse(path)).isFalse();
    try (FileChannel asking = FileChannel.open(path.resolve(".lock"), StandardOpenOption.READ)) {
      FileLock shared = asking.lock(0, Long.MAX_VALUE, true);
      CompletableFuture<Void> run =
          CompletableFuture.runAsync(() -> RunDirectory.open(path).close());
      Thread.sleep(50);
      assertThat(run).isNotDone();
      shared.release();
      run.get(1, TimeUnit.MINUTES);
    }
    try (RunDirectory run = RunDirectory.open(path)) {
      assertThat(RunDirectory.isInUse(run.path())).isTrue();
    }
    assertThat(RunDirectory.isInUse(path)).isFalse();
  }

  /** Where locks belong to processes, a refused attempt in this one must not free the lock. */
  @Test
  void aRefusedAttemptDoesNotLetAnotherProcessIn() throws Exception {
    createRun();
    try (RunDirectory run = RunDirectory.open(path)) {
      assertGolden("in-use", () -> RunDirectory.open(run.path()));
      Process other = startHolder();
      try (BufferedReader output = other.inputReader(StandardCharsets.UTF_8)) {
        assertThat(output.readLine()).contains("is already in use");
      } finally {
        other.destroyForcibly().waitFor();
      }
    }
  }

  private Process startHolder() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            List.of(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                path.toString()))
        .redirectErrorStream(true)
        .start();
  }

  private void assertGolden(String name, Runnable action) throws IOException {
    RoundelException failure = catchThrowableOfType(RoundelException.class, action::run);
    GoldenMessage.assertMatches("run/" + name, failure, directory);
  }
}
