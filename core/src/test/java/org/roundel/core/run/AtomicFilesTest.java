package org.roundel.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.RoundelException;

class AtomicFilesTest {
  @TempDir private Path directory;

  @Test
  void writesAndReplaces() throws IOException {
    Path file = directory.resolve("manifest.json");
    AtomicFiles.write(file, "old, and longer\n");
    AtomicFiles.write(file, "näher\n");
    assertThat(Files.readString(file)).isEqualTo("näher\n");
    assertThat(names()).containsExactly("manifest.json");
  }

  @Test
  void anInterruptedThreadWrites() throws IOException {
    Path file = directory.resolve("manifest.json");
    Thread.currentThread().interrupt();
    AtomicFiles.write(file, "text");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Files.readString(file)).isEqualTo("text");
  }

  @Test
  void aFailureLeavesNothingBehind() throws IOException {
    // A directory that is not empty cannot be replaced by a file.
    Path file = Files.createDirectories(directory.resolve("manifest.json/below")).getParent();
    RoundelException failure =
        catchThrowableOfType(RoundelException.class, () -> AtomicFiles.write(file, "text"));
    assertThat(failure).hasMessageStartingWith("cannot write " + file + ": ");
    assertThat(names()).containsExactly("manifest.json");
  }

  @Test
  void onlyAFileOrNothingMayBeReplaced() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "text");
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    Path loose = Files.createSymbolicLink(directory.resolve("loose"), directory.resolve("gone"));
    assertThat(List.of(file, directory.resolve("new"))).allMatch(AtomicFiles::mayReplace);
    assertThat(List.of(link, loose, directory, Path.of("/"), Path.of("/dev/null")))
        .noneMatch(AtomicFiles::mayReplace);
  }

  /** One who stops in the middle of writing does not write into what another has made meanwhile. */
  @Test
  void ofTwoWhoWriteAFileAtOneTimeEachWritesItWhole() throws IOException {
    Path file = directory.resolve("outcome.json");
    AtomicFiles.write(
        file,
        out -> {
          out.write("slow ".repeat(10_000));
          out.flush();
          AtomicFiles.write(file, "fast");
          assertThat(Files.readString(file)).isEqualTo("fast");
          out.write("end");
        });
    assertThat(Files.readString(file)).isEqualTo("slow ".repeat(10_000) + "end");
    assertThat(names()).containsExactly("outcome.json");
  }

  @Test
  void whatAKillHasLeftIsRemovedOnceItIsOldAndNothingElseIs() throws IOException {
    String id = ".3f2b9c1e-8a40-4f3b-9d5e-0c1d2e3f4a5b.tmp";
    String young = ".outcome.json.00000000-8a40-4f3b-9d5e-0c1d2e3f4a5b.tmp";
    FileTime now = Files.getLastModifiedTime(Files.writeString(directory.resolve(young), "{"));
    FileTime old = FileTime.from(now.toInstant().minus(11, ChronoUnit.MINUTES));
    for (String name : List.of(".outcome.json" + id, ".other.json" + id, ".outcome.json.old.tmp")) {
      Files.setLastModifiedTime(Files.writeString(directory.resolve(name), "{"), old);
    }
    AtomicFiles.write(directory.resolve("outcome.json"), "whole");
    assertThat(names())
        .containsExactlyInAnyOrder(
            "outcome.json", young, ".other.json" + id, ".outcome.json.old.tmp");
  }

  @Test
  void saysWhereItCannotWrite() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    RoundelException failure =
        catchThrowableOfType(
            RoundelException.class, () -> AtomicFiles.write(file.resolve("x.json"), "text"));
    GoldenMessage.assertMatches("run/file-unwritable", failure, directory);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
