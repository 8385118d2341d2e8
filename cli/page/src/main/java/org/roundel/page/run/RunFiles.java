package org.roundel.page.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.roundel.core.run.RunDirectory;

/**
 * The files of a run that are looked at, by path.
 *
 * @param directory the run's; it may be damaged, or no longer there
 */
public record RunFiles(Path directory) {
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
