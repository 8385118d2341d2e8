package org.roundel.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.run.CapturedLog;

class StagingAreaTest {
  private static final String NAME = "step-000000001";

  @TempDir private Path directory;

  @Test
  void whatIsGoneAlreadyNeedsNoDeletingByHand() throws Exception {
    Path checkpoints = directory.resolve("checkpoints");
    StagingArea area = new StagingArea(new DiskOperations(), checkpoints);
    try (CapturedLog log = new CapturedLog(StagingArea.class)) {
      area.delete(NAME);
      Files.createDirectory(checkpoints);
      area.delete(NAME);
      assertThat(log.messages()).noneMatch(message -> message.startsWith("WARN"));
    }
  }

  @Test
  void whatCannotBeDeletedIsNamed() throws Exception {
    FaultyOperations operations = new FaultyOperations(FaultyOperations.Fault.DISK_FULL, 0);
    StagingArea area = new StagingArea(operations, directory);
    Path checkpoint = Files.createDirectory(directory.resolve(NAME));
    try (CapturedLog log = new CapturedLog(StagingArea.class)) {
      area.delete(NAME);
      assertThat(log.messages())
          .singleElement()
          .asString()
          .startsWith("WARN " + checkpoint + " is no longer needed and could not be deleted: ");
    }
  }
}
