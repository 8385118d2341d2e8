package org.roundel.page.run;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.core.run.RunDirectory;

/** A run of another process, going on or ended, as its directory shows it. */
public final class RecordedRun implements WatchedRun {
  private static final String ERROR = " ERROR ";
  private static final String DIVERGED = "diverged";

  private final RunFiles files;
  private @Nullable State last;

  /**
   * What was read of it last.
   *
   * @param stamps what its files looked like before that
   * @param inUse whether another process held its lock
   * @param bytes how much room it takes
   */
  record State(
      List<FileStamp> stamps, boolean inUse, RunSummary summary, long bytes, Progress progress) {}

  /** Makes one of a directory, which need not be there. */
  public RecordedRun(Path directory) {
    files = new RunFiles(directory);
  }

  @Override
  public Path directory() {
    return files.directory();
  }

  @Override
  public Progress progress() {
    return state().progress();
  }

  /** Returns what its files say. One thread reads what has changed, and others wait for it. */
  synchronized State state() {
    List<FileStamp> now = files.stamps();
    boolean inUse = RunDirectory.isInUse(files.directory());
    State known = last;
    boolean same = known != null && now.equals(known.stamps());
    if (known != null && same && inUse == known.inUse() && files.exist()) {
      return known;
    }
    RunSummary summary =
        known != null && same ? known.summary() : RunSummary.read(files.directory());
    long bytes = RunSize.bytes(files.directory());
    State state = new State(now, inUse, summary, bytes, progress(summary, inUse));
    last = state;
    return state;
  }

  private Progress progress(RunSummary summary, boolean isInUse) {
    if (!files.exist()) {
      return new Progress(RunPhase.GONE, null, 0, null);
    }
    if (summary.planned() == 0) {
      return new Progress(RunPhase.DAMAGED, null, 0, null);
    }
    if (isInUse) {
      return new Progress(RunPhase.RUNNING, null, summary.planned(), null);
    }
    if (summary.epochs() >= summary.planned() || summary.lostPatience()) {
      return new Progress(RunPhase.FINISHED, null, summary.planned(), null);
    }
    String failure = failure(LogTail.read(files.log()).lines());
    if (failure == null) {
      return new Progress(RunPhase.STOPPED, null, summary.planned(), null);
    }
    RunPhase phase = failure.contains(DIVERGED) ? RunPhase.DIVERGED : RunPhase.FAILED;
    return new Progress(phase, failure, summary.planned(), null);
  }

  /** An error is the last that a run writes into its log, on one line or several. */
  private static @Nullable String failure(List<String> lines) {
    for (int index = lines.size() - 1; index >= 0; index--) {
      String line = lines.get(index);
      int error = line.indexOf(ERROR);
      if (error >= 0 && error < 40) {
        String rest = String.join("\n", lines.subList(index, lines.size()));
        return rest.substring(error + ERROR.length()).strip();
      }
      if (line.contains(" INFO ")) {
        return null;
      }
    }
    return null;
  }
}
