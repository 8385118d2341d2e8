package org.roundel.page.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.record.RunManifest;
import org.roundel.core.run.IoFailure;
import org.roundel.core.run.OwnFile;
import org.roundel.core.run.RunDirectory;

/**
 * The files of a run that are looked at, by path.
 *
 * @param directory the run's; it may be damaged, or no longer there
 */
public record RunFiles(Path directory) {
  /** What a manifest may have, or the result on test images. */
  static final int LARGEST = 1 << 20;

  /** Returns the path of the history. */
  public Path history() {
    return directory.resolve(RunDirectory.HISTORY);
  }

  /** Returns the path of the log. */
  public Path log() {
    return directory.resolve(RunDirectory.LOG);
  }

  /** Returns the path of the manifest. */
  public Path manifest() {
    return directory.resolve(RunDirectory.MANIFEST);
  }

  /**
   * Reads the manifest, if it is no link.
   *
   * @throws RoundelException if it cannot be read, or a field is not what a run writes
   */
  RunManifest readManifest() {
    Path file = manifest();
    try {
      return RunManifest.of(file, OwnFile.read(file, LARGEST));
    } catch (IOException unreadable) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          file + " cannot be read: " + IoFailure.reason(unreadable),
          unreadable);
    }
  }

  /** Returns the path of what the best checkpoint does on the test images. */
  public Path test() {
    return directory.resolve(RunDirectory.TEST);
  }

  /** Returns the path of the checkpoints' directory. */
  public Path checkpoints() {
    return directory.resolve(RunDirectory.CHECKPOINTS);
  }

  /** Returns whether the directory is there. */
  public boolean exist() {
    return Files.isDirectory(directory);
  }

  /** Returns what all files looked like, to see whether anything has changed. */
  public List<FileStamp> stamps() {
    List<FileStamp> stamps = new ArrayList<>();
    for (Path file : List.of(history(), log(), manifest(), checkpoints(), test())) {
      stamps.add(FileStamp.of(file));
    }
    return stamps;
  }
}
