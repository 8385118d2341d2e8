package org.roundel.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundel.cli.Outcome;
import org.roundel.cli.OwnInstallation;
import org.roundel.cli.reading.Photographs;
import org.roundel.core.checkpoint.Checkpoint;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.checkpoint.NewestCheckpoint;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.load.PluginLoader;

/**
 * The disk lets the packaged program down: one message says where, the exit code is that of
 * configuration and data, and the same words go on from the last good checkpoint when the disk is
 * well again.
 */
class DiskFaultsIT extends OwnInstallation {
  private static final String SECOND = "*/.writing-step-000000002*";

  private WatchedFiles files;
  private RecoveredRun recovered;
  private Path run;

  @BeforeEach
  void watch() throws Exception {
    recovered = new RecoveredRun(3);
    run = roundel.work().toRealPath().resolve("run");
    files = WatchedFiles.of(roundel, roundel.work(), directory);
  }

  @Test
  void aDiskThatIsFullAtACheckpointEndsTheRunWhichGoesOnLater() throws Exception {
    assertEndsWith("checkpoint", WatchedFiles.TAKING_SPACE, SECOND, 4, WatchedFiles.NO_SPACE);
  }

  /**
   * The rest of what can fail.
   *
   * @param where what the message says of the place
   * @param number of which operation it is that fails first
   */
  @ParameterizedTest
  @CsvSource({
    "full disk,           the run directory,    mkdir,  */run,                                 1",
    "full disk,           manifest.json,        write,  */run/.manifest.json.*tmp,            1",
    "full disk,           config.yaml,          create, */run/.config.yaml.*tmp,              1",
    "full disk,           checkpoint step-000000000, mkdir, */run/checkpoints,                 1",
    "full disk,           history.jsonl,        write,  */run/history.jsonl,                   1",
    "full disk,           history.jsonl,        write,  */run/history.jsonl,                   2",
    "broken disk,         history.jsonl,        sync,   */run/history.jsonl,                   1",
    "broken disk,         checkpoint step-000000002, sync, */.writing-step-000000002/state.json, 1",
    "broken disk,         checkpoint step-000000002, rename, */checkpoints/step-000000002,     1",
    "read-only directory, checkpoint step-000000002, changing, */run/checkpoints/*000002*,     1",
    "read-only directory, the run directory,    changing, */run*,                              1",
  })
  @Tag("thorough")
  void anOperationThatFailsEndsTheRunWhichGoesOnLater(
      String fault, String where, String operation, String pattern, int number) throws Exception {
    int cause =
        switch (fault) {
          case "full disk" -> WatchedFiles.NO_SPACE;
          case "read-only directory" -> WatchedFiles.READ_ONLY;
          default -> WatchedFiles.BROKEN;
        };
    String operations = operation.equals("changing") ? WatchedFiles.CHANGING : operation;
    assertEndsWith(where, operations, pattern, number, cause);
  }

  private void assertEndsWith(
      String where, String operations, String pattern, int number, int cause) throws Exception {
    files.fail(operations, pattern, number, cause);
    Outcome failed = roundel.start(recovered.command(run), "").end();
    assertThat(failed.exitCode()).as("%s", failed).isEqualTo(3);
    assertThat(failed.err().lines()).as("%s", failed).hasSize(1);
    assertThat(failed.err())
        .startsWith("roundel: ")
        .contains(where)
        .contains(words(cause, operations));
    assertThat(failed.out()).isEmpty();
    assertNewestIsWhole();
    assertGoesOnToTheSameBytes();
  }

  private static String words(int cause, String operations) {
    return switch (cause) {
      case WatchedFiles.NO_SPACE -> "No space left on device";
      case WatchedFiles.READ_ONLY -> "Read-only file system";
      default -> operations.equals("sync") ? "sync failed" : "Input/output error";
    };
  }

  private void assertNewestIsWhole() {
    CheckpointStore checkpoints = CheckpointStore.forReading(run.resolve("checkpoints"));
    if (!checkpoints.list().isEmpty()) {
      NewestCheckpoint newest = checkpoints.newestValid();
      try (Checkpoint whole = newest.checkpoint()) {
        assertThat(whole.name()).startsWith("step-");
        assertThat(newest.passedOver()).isEmpty();
      }
    }
  }

  private void assertGoesOnToTheSameBytes() throws Exception {
    recovered.goOn(run);
    Path undisturbed = directory.resolve("undisturbed");
    recovered.goOn(undisturbed);
    assertThat(RunContent.differences(RecoveredRun.content(run), RecoveredRun.content(undisturbed)))
        .isEmpty();
  }

  /** A line of the log that is lost, and a report that there is no room for, are no reason. */
  @ParameterizedTest
  @CsvSource({"write, */run/log.txt", "create, */run/.report.html.*tmp"})
  @Tag("thorough")
  void whatIsForReadingOnlyMayFail(String operation, String pattern) throws Exception {
    files.fail(operation, pattern, 1, WatchedFiles.NO_SPACE);
    Outcome outcome = roundel.start(recovered.command(run), "").end();
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    boolean report = pattern.contains("report");
    assertThat(outcome.err().contains("report.html")).as("%s", outcome).isEqualTo(report);
    assertThat(Files.exists(run.resolve("report.html"))).isNotEqualTo(report);
    Path undisturbed = directory.resolve("undisturbed");
    recovered.goOn(undisturbed);
    assertThat(RunContent.differences(RecoveredRun.content(run), RecoveredRun.content(undisturbed)))
        .isEmpty();
  }

  @Test
  @Tag("thorough")
  void anExportThatDoesNotFitLeavesNothing() throws Exception {
    recovered.goOn(run);
    Map<String, String> before = RecoveredRun.files(roundel.work());
    files.fail(WatchedFiles.TAKING_SPACE, "*/*net.safetensors*", 2, WatchedFiles.NO_SPACE);
    List<String> export = List.of("export", "run", "--format=safetensors", "--out=net.safetensors");
    Outcome failed = roundel.start(export, "").end();
    assertThat(failed.exitCode()).as("%s", failed).isEqualTo(3);
    assertThat(failed.err())
        .startsWith("roundel: ")
        .contains("net.safetensors", "No space left on device");
    assertThat(failed.err().lines()).hasSize(1);
    assertThat(RunContent.differences(RecoveredRun.files(roundel.work()), before)).isEmpty();
  }

  /**
   * Photographs are read while the run goes on, so it meets a mount that goes away.
   *
   * @param number the operation that fails first: those of the first epoch and its test do not, and
   *     a file is opened once and read twice
   */
  @ParameterizedTest
  @CsvSource({"open, 44", "read, 88"})
  @Tag("thorough")
  void imagesThatGoAwayEndTheRunWhichGoesOnLater(String operation, int number) throws Exception {
    Path images = Files.createDirectory(roundel.work().toRealPath().resolve("images"));
    try (PluginRegistry plugins = PluginLoader.load(roundel.plugins())) {
      Photographs.write(plugins, images, 40);
    }
    List<String> command =
        List.of(
            "train",
            "--quiet",
            "--resume-if-exists",
            "--run-dir=" + run,
            "--model=resnet-8",
            "--dataset=image-folder",
            "--data-dir=" + images,
            "--batch-size=8",
            "--epochs=2",
            "--set=dataset.image-size=16",
            "--set=dataset.resize=18");
    files.fail(operation, "*/images/*.*", number, WatchedFiles.BROKEN);
    Outcome failed = roundel.start(command, "").end();
    assertThat(failed.exitCode()).as("%s", failed).isEqualTo(3);
    assertThat(failed.err()).contains("Input/output error", images.toString());
    assertNewestIsWhole();
    files.letBe();
    Outcome resumed = roundel.start(command, "").end();
    assertThat(resumed.exitCode()).as("%s", resumed).isZero();
  }
}
