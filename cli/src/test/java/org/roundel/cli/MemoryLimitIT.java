package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The packaged program in a real group of processes that has a limit on memory: what does not fit
 * is refused, not killed. To make such a group takes a right that few have; without it, that is
 * said.
 */
@Tag("thorough")
class MemoryLimitIT extends OwnInstallation {
  /** The system rounds down to whole pages, and the message to whole megabytes. */
  private static final long LIMIT = 700_900_000;

  private @Nullable Path group;

  @BeforeEach
  void makeGroup() throws IOException {
    Path top = Path.of("/sys/fs/cgroup");
    String name = "roundel-test-" + ProcessHandle.current().pid();
    try {
      if (Files.exists(top.resolve("memory/memory.limit_in_bytes"))) {
        group = Files.createDirectory(top.resolve("memory").resolve(name));
        limit(group.resolve("memory.limit_in_bytes"));
      } else {
        group = Files.createDirectory(top.resolve(name));
        limit(group.resolve("memory.max"));
      }
    } catch (IOException forbidden) {
      String skipped =
          "DID NOT RUN: MemoryLimitIT may not make a control group with a limit on memory (root may,"
              + " where /sys/fs/cgroup can be written): "
              + forbidden;
      System.err.println(skipped);
      Assumptions.abort(skipped);
    }
  }

  /** The system makes the file with the group; elsewhere a directory is just a directory. */
  private static void limit(Path file) throws IOException {
    Files.writeString(file, Long.toString(LIMIT), StandardOpenOption.WRITE);
  }

  /** A group goes when its processes are gone. */
  @AfterEach
  void removeGroup() throws IOException, InterruptedException {
    remove();
    if (group != null && Files.isDirectory(group)) {
      Files.delete(group);
    }
  }

  @Test
  void whatDoesNotFitIsRefusedAndWhatFitsIsTrained() throws Exception {
    Path run = roundel.work().resolve("run");
    // More than a gigabyte, as all images go through the net at once.
    List<String> large =
        List.of(
            "train",
            "--run-dir=" + run,
            "--model=resnet-8",
            "--epochs=1",
            "--batch-size=8192",
            "--dataset=synthetic",
            "--set=dataset.train-size=8192",
            "--set=dataset.test-size=16",
            "--set=dataset.height=16",
            "--set=dataset.width=16");
    assertRefused(inGroup(roundel.start(large, "")));
    assertThat(run.resolve("manifest.json")).doesNotExist();
    Outcome small = inGroup(roundel.startTraining());
    assertThat(small.exitCode()).as("%s", small).isZero();

    Outcome outside = roundel.start(large, "").end();
    assertThat(outside.exitCode()).as("%s", outside).isZero();
    List<String> resume = List.of("resume", run.toString(), "--epochs=2");
    assertRefused(inGroup(roundel.start(resume, "")));
    assertRefused(inGroup(roundel.start(List.of("evaluate", run.toString()), "")));
  }

  /** Moves a command into the group while it starts, and waits for its end. */
  private Outcome inGroup(Installation.Running command) throws Exception {
    Files.writeString(group.resolve("cgroup.procs"), Long.toString(command.process().pid()));
    return command.end();
  }

  private static void assertRefused(Outcome outcome) {
    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(3);
    assertThat(outcome.err())
        .matches(
            "roundel: .*needs \\d+ MB of native memory.*, and \\d+ MB are free under the limit of 700"
                + " MB that this container, job or unit has \\(/sys/fs/cgroup/.*\\); use a smaller"
                + " batch or a narrower net\\R");
  }
}
