package org.roundel.cli.command.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.cli.metrics.PlayedRun;
import org.roundel.core.RoundelException;
import org.roundel.core.record.Invocation;

class RunLogTest {
  @TempDir private Path directory;

  /** A stranger's run could have whoever goes on with it write into a file of theirs. */
  @Test
  void noLinkIsWrittenThrough() throws IOException {
    Path other = Files.writeString(directory.resolve("other"), "mine\n");
    Path run = Files.createDirectory(directory.resolve("run"));
    Path file = Files.createSymbolicLink(run.resolve("log.txt"), other);
    try (RunLog log = new RunLog(Invocation.NONE)) {
      assertThatThrownBy(() -> PlayedRun.begin(log, run))
          .isInstanceOf(RoundelException.class)
          .hasMessageStartingWith(file + " is not written to: it is a link, ");
      assertThat(other).hasContent("mine");
      Files.delete(file);
      PlayedRun.begin(log, run);
    }
    assertThat(file).content().contains("training from 0 updates");
  }
}
