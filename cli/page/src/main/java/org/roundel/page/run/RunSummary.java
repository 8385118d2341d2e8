package org.roundel.page.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roundel.core.RoundelException;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;

/**
 * A run on one line: what it was to do, and how far it came.
 *
 * @param planned how many epochs it is to have; 0 if its manifest cannot be read
 * @param epochs how many are done
 * @param best the epoch of the lowest error, the first of equals
 * @param last the epoch done last
 * @param weights how many weights its layers have; 0 if no epoch says
 * @param settings every setting, by name
 * @param problems what cannot be read, and why
 */
public record RunSummary(
    int planned,
    int epochs,
    @Nullable Result best,
    @Nullable Result last,
    long weights,
    Map<String, String> settings,
    List<String> problems) {
  /**
   * What an epoch has come to.
   *
   * @param epoch counted from 1
   * @param error on the test images, or on those held out where there are any, in [0, 1]
   */
  public record Result(int epoch, double error) {}

  /** Reads a run's manifest and its whole history, which may be damaged or in use. */
  public static RunSummary read(Path run) {
    Problems problems = Problems.NONE;
    Map<String, String> settings = Map.of();
    int planned = 0;
    try {
      RunConfiguration configuration = new RunFiles(run).readManifest().configurations().last();
      settings = configuration.resolved();
      planned = configuration.get(RunSettings.EPOCHS);
    } catch (RoundelException damaged) {
      problems = Problems.of(String.valueOf(damaged.getMessage()));
    }
    Result best = null;
    Result last = null;
    long weights = 0;
    long seen = 0;
    while (true) {
      HistoryPart part = HistoryPart.read(new RunFiles(run).history(), seen);
      problems = problems.and(part.problems());
      for (JsonNode epoch : part.epochs()) {
        last =
            new Result(
                epoch.path("epoch").intValue(),
                HistoryPart.evaluated(epoch).path("error").doubleValue());
        best = best == null || last.error() < best.error() ? last : best;
        weights = weights(epoch);
      }
      if (part.next() <= seen) {
        break;
      }
      seen = part.next();
    }
    int epochs = last == null ? 0 : last.epoch();
    return new RunSummary(planned, epochs, best, last, weights, settings, problems.texts());
  }

  /** Returns whether so many epochs in a row were no better as end the run. */
  boolean lostPatience() {
    String patience = settings.getOrDefault(RunSettings.PATIENCE.name(), "0");
    int most = RunSettings.PATIENCE.parse(patience);
    return most > 0 && best != null && epochs - best.epoch() >= most;
  }

  private static long weights(JsonNode epoch) {
    long sum = 0;
    for (JsonNode layer : epoch.path("layers")) {
      sum += layer.path("weights").longValue();
    }
    return sum;
  }
}
