package org.roundel.cli.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.roundel.core.config.RunSettings;
import org.roundel.core.training.EpochCompleted;
import org.roundel.core.training.RunRecord;

/**
 * A run under the name that tells it from the others.
 *
 * @param name the end of its path
 * @param record what it has left behind so far
 */
record NamedRun(String name, RunRecord record) {
  /** Returns the epochs that are done, in order. */
  List<EpochCompleted> epochs() {
    return record.epochs();
  }

  /** Returns how many epochs there will be. */
  int planned() {
    return record.configuration().get(RunSettings.EPOCHS);
  }

  /** Returns {@code done} or, of a run that is going on or was stopped, {@code unfinished}. */
  String state() {
    return record.isFinished() ? "done" : "unfinished";
  }

  /** Returns whether the error of the latent weights was measured. */
  boolean hasLatentError() {
    return epochs().stream().anyMatch(epoch -> epoch.latentTest() != null);
  }

  /** Names every run by as much of its path's end as tells it from the others. */
  static List<NamedRun> of(List<RunRecord> records) {
    return records.stream().map(record -> new NamedRun(name(record, records), record)).toList();
  }

  private static String name(RunRecord record, List<RunRecord> all) {
    Path path = absolute(record);
    for (int parts = 1; parts < path.getNameCount(); parts++) {
      if (isUnique(end(path, parts), parts, all)) {
        return String.valueOf(end(path, parts));
      }
    }
    return path.toString();
  }

  private static boolean isUnique(@Nullable Path end, int parts, List<RunRecord> all) {
    int count = 0;
    for (RunRecord other : all) {
      if (Objects.equals(end, end(absolute(other), parts))) {
        count++;
      }
    }
    return count == 1;
  }

  private static Path absolute(RunRecord record) {
    return record.path().toAbsolutePath().normalize();
  }

  private static @Nullable Path end(Path path, int parts) {
    int count = path.getNameCount();
    return parts > count ? null : path.subpath(count - parts, count);
  }
}
