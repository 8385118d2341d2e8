package org.roundel.cli.compare;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.event.FinalTest;
import org.roundel.core.record.RunRecord;

/**
 * A run under the name that tells it from the others.
 *
 * @param name the end of its path
 * @param path its directory
 * @param configuration every setting
 * @param epochs the epochs that are done, in order
 * @param done whether nothing is left to do
 * @param test what the best checkpoint does on the test images, of a run with validation that has
 *     ended; null else
 */
public record NamedRun(
    String name,
    Path path,
    RunConfiguration configuration,
    List<RunEpoch> epochs,
    boolean done,
    @Nullable FinalTest test) {
  /** Returns a run by what it left behind. */
  public static NamedRun of(String name, RunRecord record) {
    return new NamedRun(
        name,
        record.path(),
        record.configuration(),
        record.epochs().stream().map(RunEpoch::of).toList(),
        record.isFinished(),
        record.test());
  }

  /** Returns how many epochs there will be. */
  public int planned() {
    return configuration.get(RunSettings.EPOCHS);
  }

  /** Returns {@code done} or, of a run that is going on or was stopped, {@code unfinished}. */
  public String state() {
    return done ? "done" : "unfinished";
  }

  /** Returns what the run's epochs are evaluated on. */
  public Images images() {
    return configuration.get(RunSettings.VALIDATION) > 0 ? Images.VALIDATION : Images.TEST;
  }

  /** Returns whether the error of the latent weights was measured. */
  public boolean hasLatentError() {
    return epochs.stream().anyMatch(RunEpoch::hasLatentTestError);
  }

  /** Returns the last epoch that is done, or null if none is. */
  public @Nullable RunEpoch last() {
    return epochs.isEmpty() ? null : epochs.get(epochs.size() - 1);
  }

  /** Returns the epoch with the lowest error, the first of equals; null if none is done. */
  public @Nullable RunEpoch best() {
    RunEpoch best = null;
    for (RunEpoch epoch : epochs) {
      if (best == null || epoch.testError() < best.testError()) {
        best = epoch;
      }
    }
    return best;
  }
}
