package org.roundel.core.record;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.roundel.api.Option;
import org.roundel.api.dataset.Split;
import org.roundel.core.RoundelException;
import org.roundel.core.batch.HeldOutDataset;
import org.roundel.core.config.LossSettings;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.run.RunDirectory;

/** The runs that one builds on: what they have seen, it knows. */
public final class EarlierRuns {
  private EarlierRuns() {}

  /**
   * Says of which of them trained on images that are held out from this run's training.
   *
   * @return one line each; nothing of weights that are in no run's directory
   */
  public static List<String> notices(RunConfiguration configuration, HeldOutDataset dataset) {
    List<String> notices = new ArrayList<>();
    for (Option<String> setting : List.of(RunSettings.INITIAL_WEIGHTS, LossSettings.TEACHER)) {
      Path given = Path.of(configuration.get(setting));
      RunManifest manifest = configuration.get(setting).isEmpty() ? null : manifest(given);
      if (manifest == null || !manifest.datasetFingerprint().equals(dataset.fingerprint())) {
        continue;
      }
      RunConfiguration earlier = manifest.configurations().start();
      int seen =
          dataset.trainedOn(earlier.get(RunSettings.VALIDATION), earlier.get(RunSettings.SEED));
      if (seen > 0) {
        notices.add(
            String.format(
                Locale.ROOT,
                "%s: %,d of the %,d images that are held out for validation here were trained on by"
                    + " the run of %s, so the validation error is lower than it should be; with one"
                    + " seed and one share of validation, both hold out the same",
                setting.name(),
                seen,
                dataset.size(Split.TEST),
                given));
      }
    }
    return notices;
  }

  /** Returns the manifest of the run that a directory or file is of; null if it is of none. */
  private static @Nullable RunManifest manifest(Path given) {
    for (Path path = given.toAbsolutePath(); path != null; path = path.getParent()) {
      Path manifest = path.resolve(RunDirectory.MANIFEST);
      if (Files.isRegularFile(manifest)) {
        try {
          return RunManifest.read(manifest);
        } catch (RoundelException unreadable) {
          return null;
        }
      }
    }
    return null;
  }
}
