package org.roundel.page.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.page.SampleRun;

/** Of a run's directory nothing is read but its own files. */
class OwnFileTest {
  private static final List<String> FILES =
      List.of("manifest.json", "history.jsonl", "log.txt", "test.json");

  private static final String REFUSED =
      " cannot be read: it is a link, or of a kind that no run writes";

  @TempDir Path directory;
  private Path runs;
  private Path run;
  private RunFiles files;

  @BeforeEach
  void make() throws IOException {
    runs = directory.resolve("runs");
    run = Files.createDirectories(runs.resolve("a"));
    files = new RunFiles(run);
  }

  @Test
  void noLinkIsFollowed() throws IOException {
    // It would do for each of the files.
    Path elsewhere = directory.resolve("elsewhere.json");
    Files.writeString(elsewhere, SampleRun.line(1, 0.25) + "\n");
    for (String name : FILES) {
      Files.createSymbolicLink(run.resolve(name), elsewhere);
    }
    Path checkpoints = Files.createDirectories(directory.resolve("other/step-000000001"));
    Files.createSymbolicLink(run.resolve("checkpoints"), checkpoints.getParent());
    JsonNode row = assertNothingIsShown();
    assertThat(row.get("bytes").longValue()).isZero();
    assertThat(FileStamp.of(files.history()).size()).isNotEqualTo(Files.size(elsewhere));

    Files.delete(run.resolve("checkpoints"));
    Files.createSymbolicLink(
        Files.createDirectory(run.resolve("checkpoints")).resolve("step-000000001"), checkpoints);
    assertThat(RunDetails.read(files).get("checkpoints")).isEmpty();
  }

  @Test
  void noPipeIsWaitedFor() throws Exception {
    List<String> command = new ArrayList<>(List.of("mkfifo", "checkpoints", ".lock"));
    command.addAll(FILES);
    assertThat(new ProcessBuilder(command).directory(run.toFile()).start().waitFor()).isZero();
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> {
          assertNothingIsShown();
        });
  }

  private JsonNode assertNothingIsShown() {
    JsonNode row = new RunFolder(runs).toJson().at("/runs/0");
    assertThat(row.get("phase").textValue()).isEqualTo("damaged");
    assertThat(row.get("epochs").intValue()).isZero();
    assertThat(row.get("problems"))
        .extracting(JsonNode::textValue)
        .containsExactly(files.manifest() + REFUSED, "history.jsonl" + REFUSED);
    JsonNode details = RunDetails.read(files);
    assertThat(details.has("manifest")).isFalse();
    assertThat(details.has("test")).isFalse();
    assertThat(details.get("settings")).isEmpty();
    assertThat(details.get("checkpoints")).isEmpty();
    assertThat(details.get("problems"))
        .extracting(JsonNode::textValue)
        .containsExactly(
            files.manifest() + REFUSED, "test.json" + REFUSED, "checkpoints" + REFUSED);
    assertThat(LogTail.read(files.log())).isEqualTo(new LogTail(0, List.of()));
    assertThat(HistoryPart.read(files.history(), 0).epochs()).isEmpty();
    return row;
  }

  /** Who keeps runs on several disks brings them together so. */
  @Test
  void aRunMayBeALinkItself() throws IOException {
    new SampleRun(directory.resolve("far"), 1, 7).epoch(1, 0.25);
    Files.delete(run);
    Files.createSymbolicLink(run, directory.resolve("far"));
    JsonNode row = new RunFolder(runs).toJson().at("/runs/0");
    assertThat(row.get("phase").textValue()).isEqualTo("finished");
    assertThat(row.get("problems")).isEmpty();
    assertThat(RunDetails.read(files).has("manifest")).isTrue();
  }

  @Test
  void aManifestThatIsTooLongIsNotRead() throws IOException {
    Files.write(files.manifest(), new byte[(1 << 20) + 1]);
    assertThat(RunDetails.read(files).at("/problems/0").textValue())
        .isEqualTo(
            files.manifest() + " cannot be read: it has 1048577 bytes; allowed: at most 1048576");
  }
}
